/** The console's pages of accounts: who can get in, what they may do, and one's own account. */
import { activate } from '../../scripts/day/offices.ts'
import { aClerk, type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1280, height: 900 }, alone: 'accounts' })

let office: Office
let clerk: Clerk
let auditor: Clerk
let operator: Clerk
let screenId: string

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  clerk = await aClerk(office, 'city_office')
  auditor = await aClerk(office, 'auditor')
  operator = await aClerk(office, 'system_administrator')
  const { client, unitId, teamId } = office
  const grants = [{ role: 'viewer', unitId }]
  screenId = (await client.post('/api/users', { login: 'hall', name: '大厅屏幕', grants })).id
  const liaison = await client.post('/api/persons', {
    name: '张联络员',
    contacts: [{ kind: 'phone', value: '15400007001', relation: 'own' }],
    memberships: [{ teamId }],
  })
  const { version } = await client.get(`/api/units/${unitId}`)
  await client.must('PATCH', `/api/units/${unitId}`, {
    body: { liaisonPersonId: liaison.id },
    headers: { 'if-match': `"v${version}"` },
  })
})

test('an account is found, gets a role, gives it back, and is disabled and let in again', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/admin/users')
  await expect(page.getByRole('rowheader').first()).toBeVisible()
  await expectGood(page)
  await pictured(page, 'users-zh')
  await page.getByRole('combobox', { name: '角色' }).click()
  await page.getByTitle('大屏展示账号').click()
  await expect(page).toHaveURL(`${service.url}/admin/users?role=viewer`)
  await expect(page.getByRole('rowheader')).toHaveText(['大厅屏幕'])
  await page.getByRole('link', { name: '大厅屏幕' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('大厅屏幕')
  await expect(page.getByRole('row', { name: /大屏展示账号/ })).toContainText('王主任')
  await expectGood(page)

  await page.getByRole('button', { name: '授予角色' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '角色' }).click()
  await page.getByTitle('督导员').click()
  await expect(dialog.getByRole('button', { name: '授予角色' })).toBeDisabled()
  await dialog.getByRole('combobox', { name: '范围类别' }).click()
  await page.getByTitle('全部').click()
  await expectGood(page)
  await pictured(page, 'user-grant-zh')
  await dialog.getByRole('button', { name: '授予角色' }).click()
  await expect(page.getByRole('row', { name: /督导员/ })).toContainText('全市')
  await page
    .getByRole('row', { name: /督导员/ })
    .getByRole('button', { name: '收回' })
    .click()
  await dialog.getByRole('button', { name: '收回' }).click()
  await expect(page.getByRole('row', { name: /督导员/ })).toHaveCount(0)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByRole('row', { name: /督导员/ })).toBeVisible()

  await page.getByRole('button', { name: '更多操作' }).click()
  await page.getByRole('menuitem', { name: '停用账号' }).click()
  await dialog.getByRole('button', { name: '停用账号' }).click()
  await expect(page.locator('.state')).toContainText('已停用')
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.locator('.state')).toContainText('未启用')
  await expectGood(page)
  await pictured(page, 'user-zh')
  expect(complaints).toEqual([])
})

test('a link is handed over once, and the session it leads to is ended from here', async ({
  page,
  service,
}) => {
  await enter(page, service, clerk, `/admin/users/${screenId}`)
  await page.getByRole('button', { name: '发送链接' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('账号未绑定手机号')
  await dialog.getByRole('button', { name: '发送链接' }).click()
  await expect(dialog).toContainText('只显示这一次')
  const link = await dialog.getByRole('textbox', { name: '一次性链接' }).inputValue()
  await expectGood(page)
  await dialog.getByRole('button', { name: '关闭' }).last().click()
  await expect(page.getByText(/未使用，有效期至/)).toBeVisible()

  const stranger = office.client.as(undefined)
  const login = await activate(stranger, link)
  await stranger.post('/api/sessions', { login, password: clerk.password, kind: 'bearer' })
  await page.reload()
  await page.getByRole('button', { name: '结束会话' }).click()
  await dialog.getByRole('button', { name: '结束会话' }).click()
  await expect(page.getByRole('row', { name: /被结束/ })).toBeVisible()
  await expectGood(page)
})

test('an officer’s role waits for another officer', async ({ page, service }) => {
  await enter(page, service, clerk, '/admin/users/new')
  await page.getByRole('button', { name: '新建账号' }).click()
  await expect(page.getByText('请填写此项。')).toHaveCount(3)
  await expect(page.getByRole('textbox', { name: '姓名' })).toBeFocused()
  await expectGood(page)
  await page.getByRole('textbox', { name: '姓名' }).fill('赵科长')
  await page.getByRole('textbox', { name: '账号' }).fill('hall')
  await page.getByRole('combobox', { name: '角色' }).click()
  await page.getByTitle('市文明办').click()
  await expect(page.getByText(/须由另一位管理人员复核后生效/)).toBeVisible()
  await page.getByRole('button', { name: '新建账号' }).click()
  await expect(page.getByText('该账号已被使用，请换一个。')).toBeVisible()
  await page.getByRole('textbox', { name: '账号' }).fill('zhao')
  await page.getByRole('button', { name: '新建账号' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('赵科长')
  await expect(page.getByText('没有角色，不能进行任何操作。')).toBeVisible()

  await page.getByRole('link', { name: '待复核' }).click()
  await expect(page.getByRole('row', { name: /赵科长/ })).toContainText('由您提出，须他人复核')
  await expectGood(page)
  await page.context().clearCookies()
  await enter(page, service, auditor, '/admin/confirmations')
  await page
    .getByRole('row', { name: /赵科长/ })
    .getByRole('button', { name: '同意' })
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '同意' }).click()
  // Its link would go to nobody: the reason stands in the dialog, and the request waits.
  await expect(dialog).toContainText('该账号没有可用的手机号或邮箱，请先补充。')
  await expectGood(page)
  await dialog.getByRole('button', { name: '返回' }).click()
  await page
    .getByRole('row', { name: /赵科长/ })
    .getByRole('button', { name: '退回' })
    .click()
  await dialog.getByRole('button', { name: '退回' }).click()
  await expect(page.getByRole('row', { name: /赵科长/ })).toContainText('已退回')
  await pictured(page, 'confirmations-zh')
  // An auditor reads accounts, and neither makes nor changes any.
  await page.goto(`${service.url}/admin/users`)
  await expect(page.getByRole('rowheader').first()).toBeVisible()
  await expect(page.getByRole('link', { name: '新建账号' })).toHaveCount(0)
  await expectGood(page)
})

test('an auditor reads who did what, in words, and exports it', async ({ page, service }) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, auditor, '/admin/audit')
  await expect(page.getByRole('rowheader', { name: '新建账号' }).first()).toBeVisible()
  await expectGood(page)
  await pictured(page, 'audit-zh')
  await page.getByRole('combobox', { name: '事项' }).fill('新建账号')
  await page.getByTitle('新建账号').click()
  await expect(page).toHaveURL(/action=user.created/)
  await expect(page.getByRole('row', { name: /大厅屏幕/ })).toHaveCount(1)
  await expect(page.getByRole('row', { name: /大厅屏幕/ })).toContainText('王主任')
  await page.getByRole('button', { name: '校验全部日志' }).click()
  await expect(page.getByText(/没有被改动、伪造或删除/)).toBeVisible()
  await page.getByRole('button', { name: '导出' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('dialog').getByRole('button', { name: '导出' }).click()
  expect((await saved).suggestedFilename()).toBe('演练-审计日志.xlsx')
  await page.getByRole('button', { name: '清除条件' }).click()
  await expect(page.getByRole('rowheader', { name: '导出审计日志' })).toBeVisible()
  await page
    .getByRole('row', { name: /新建账号/ })
    .getByRole('link', { name: '大厅屏幕' })
    .click()
  await expect(page).toHaveURL(/subject=user/)
  await expectGood(page)
  expect(complaints).toEqual([])
})

test('the operator sees what is wrong and what to do, and which jobs wait', async ({ page, service }) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, operator, '/admin/health')
  await expect(page.getByRole('status').filter({ hasText: '系统正常' })).toBeVisible()
  await expect(page.getByRole('row', { name: /数据库结构/ })).toContainText('与程序版本一致')
  await expectGood(page)
  await pictured(page, 'health-zh')
  await page.getByRole('link', { name: '后台任务' }).click()
  await expect(page.getByRole('rowheader').first()).toBeVisible()
  await expectGood(page)
  await pictured(page, 'jobs-zh')
  await page.getByRole('link', { name: /已停止，需人工处理/ }).click()
  await expect(page.getByText('没有停止的任务。')).toBeVisible()
  expect(complaints).toEqual([])
})

test.describe('in English', () => {
  test.use({ locale: 'en-GB' })
  test('many are invited by a list to print, by keyboard alone', async ({ page, service }) => {
    const complaints = complaintsOf(page, service)
    await enter(page, service, clerk, '/admin/users')
    await page.getByRole('link', { name: 'Invite many' }).press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Invite many')
    await page.getByRole('radio', { name: 'Make a list to print and hand out' }).press(' ')
    await expectGood(page)
    await pictured(page, 'invite-many-en')
    await page.getByRole('button', { name: 'Invite' }).press('Enter')
    await expect(page.getByRole('row', { name: /张联络员/ })).toContainText(/\/a\/[0-9A-Z]{16}/)
    await expectGood(page)
    await pictured(page, 'invited-many-en')
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('button', { name: 'Print the list' })).toBeHidden()
    await expect(page.getByRole('table', { name: 'Links to hand out' })).toBeVisible()
    expect(complaints).toEqual([])
  })

  test('the office enters the holidays of a year as the notice has them', async ({ page, service }) => {
    await enter(page, service, clerk, '/admin/workdays')
    await expect(page.getByRole('row', { name: /2026/ })).toContainText('Known to the software')
    await expectGood(page)
    await page.getByRole('row', { name: /2026/ }).getByRole('button', { name: 'Correct' }).press('Enter')
    const dialog = page.getByRole('dialog')
    const off = dialog.getByRole('textbox', { name: 'Days off' })
    const before = await off.inputValue()
    await off.fill(`${before}\n2026-11-11 to the end`)
    await expect(dialog.getByText('Not understood: 2026-11-11 to the end')).toBeVisible()
    await off.fill(`${before}\n2026-11-11`)
    await pictured(page, 'workdays-enter')
    await expectGood(page)
    await dialog.getByRole('button', { name: 'Enter' }).press('Enter')
    await expect(dialog.getByText(/are not what the law gives/)).toBeVisible()
    await dialog.getByRole('spinbutton', { name: /Days granted once/ }).fill('1')
    // Another clerk was faster: theirs is shown, and what is typed here stays.
    const { client } = office
    const { items } = await client.get('/api/workday-years')
    const year = items.find(({ year }: { year: number }) => year === 2026)
    const { restDays, makeUpWorkdays, publishedOn } = year
    const theirs = { restDays, makeUpWorkdays, publishedOn, source: 'theirs' }
    await client.must('PUT', '/api/workday-years/2026', { body: theirs, headers: { 'if-match': '"v0"' } })
    await dialog.getByRole('button', { name: 'Enter' }).press('Enter')
    await expect(dialog.getByText(/Somebody entered it meanwhile/)).toBeVisible()
    await expect(off).toHaveValue(`${before}\n2026-11-11`)
    await dialog.getByRole('button', { name: 'Enter' }).press('Enter')
    await expect(page.getByText('The holidays of 2026 are entered')).toBeVisible()
    await expect(page.getByRole('row', { name: /2026/ })).toContainText('Entered here')
    await pictured(page, 'workdays')
    await expectGood(page)
  })

  test('one’s own account tells roles and sessions', async ({ page, service }) => {
    await enter(page, service, clerk, '/account')
    await expect(page.getByRole('row', { name: /This session/ })).toBeVisible()
    await expect(page.getByRole('complementary')).toContainText('City office')
    await expectGood(page)
    await pictured(page, 'account-en')
    await page.goto(`${service.url}/admin`)
    await expect(page).toHaveURL(`${service.url}/admin/users`)
    await pictured(page, 'users-en')
    await page.goto(`${service.url}/admin/users/${screenId}`)
    await expect(page.getByRole('row', { name: /Viewer/ })).toBeVisible()
    await expectGood(page)
    await pictured(page, 'user-en')
  })
})
