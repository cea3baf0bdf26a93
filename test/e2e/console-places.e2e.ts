/** Units, teams and classes: where people belong, who leads, and somebody who is on no list yet. */
import { aClerk, type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1440, height: 900 } })

let office: Office
let clerk: Clerk
let bureauId: string
let classId: string

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  clerk = await aClerk(office, 'city_office')
  const { client } = office
  const bureau = await client.post('/api/units', { name: '市水务局', kind: 'government', staffCount: 86 })
  bureauId = bureau.id
  const school = await client.post('/api/units', { name: '市第九小学', kind: 'school', parentId: bureauId })
  const klass = await client.post('/api/teams', { name: '五年1班', unitId: school.id, kind: 'class' })
  classId = klass.id
  const person = (name: string, role: string, contacts: object[] = []) =>
    client.post('/api/persons', { name, memberships: [{ teamId: classId, role }], contacts })
  await person('许老师', 'teacher', [{ kind: 'phone', value: '15400066001' }])
  await person('卢小雪', 'pupil', [
    { kind: 'phone', value: '15400066002', relation: 'guardian', ownerName: '卢大山' },
  ])
  await person('卢小冰', 'pupil')
})

test('a unit is made below another, known by another name, and closed and opened again', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/people/units')
  const tree = page.getByRole('table', { name: '单位' })
  await expect(tree.getByRole('link', { name: '市第九小学' })).toHaveCount(0)
  await tree.getByRole('button', { name: '“市水务局”的1家下级单位' }).click()
  await expect(tree.getByRole('link', { name: '市第九小学' })).toBeVisible()
  await expectGood(page)
  await pictured(page, 'units-zh')
  await tree.getByRole('link', { name: '市水务局' }).click()
  await expect(page.getByRole('region', { name: '下级单位' })).toContainText('市第九小学')
  await page.getByRole('link', { name: '新建下级单位' }).click()
  await page.getByRole('button', { name: '新建', exact: true }).click()
  await expect(page.getByText('请填写此项。')).toHaveCount(2)
  await page.getByRole('textbox', { name: '单位名称' }).fill('市青少年活动中心')
  await page.getByRole('combobox', { name: '单位性质' }).click()
  await page.getByTitle('事业单位').click()
  await expectGood(page)
  await pictured(page, 'unit-new-zh')
  await page.getByRole('button', { name: '新建', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('市青少年活动中心')
  await expect(page.getByText('已新建“市青少年活动中心”')).toBeVisible()

  await page.getByRole('button', { name: '添加别名' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '别名' }).fill('市少年宫')
  await dialog.getByRole('button', { name: '添加别名' }).click()
  await expect(page.getByText('已添加别名“市少年宫”')).toBeVisible()
  await page.getByRole('textbox', { name: '所属系统' }).fill('教育系统')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByText('已保存，修改了1项')).toBeVisible()
  await expectGood(page)
  await pictured(page, 'unit-zh')
  await page.getByRole('button', { name: '停用' }).click()
  await dialog.getByRole('button', { name: '停用' }).click()
  await expect(page.getByText('该单位已停用。恢复启用后才能修改。')).toBeVisible()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('该单位已停用。恢复启用后才能修改。')).toHaveCount(0)
  const { items } = await office.client.get(`/api/units?parentId=${bureauId}`)
  const made = items.find(({ name }: { name: string }) => name === '市青少年活动中心')
  expect([made.system, made.kind, made.closedAt]).toEqual(['教育系统', 'institution', null])
  expect(made.aliases.map(({ alias }: { alias: string }) => alias)).toEqual(['市少年宫'])
  expect(complaints).toEqual([])
})

test('a team is made, gets members old and new, and is handed over and back', async ({ page, service }) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, `/people/teams/new?unitId=${bureauId}`)
  await page.getByRole('textbox', { name: '名称' }).fill('教育系统先锋队')
  await page.getByRole('textbox', { name: '集合地点坐标' }).fill('41.29')
  await page.getByRole('button', { name: '新建', exact: true }).click()
  await expect(page.getByText('填写有误，请核对。')).toBeVisible()
  await page.getByRole('textbox', { name: '集合地点坐标' }).fill('41.2941，123.7650')
  await expectGood(page)
  await page.getByRole('button', { name: '新建', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('教育系统先锋队')

  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: '添加成员' }).click()
  await dialog.getByRole('combobox', { name: '姓名' }).fill('许老师')
  await page.locator('.ant-select-item-option', { hasText: '许老师' }).click()
  await dialog.getByRole('button', { name: '添加成员' }).click()
  const members = page.getByRole('table', { name: '成员' })
  await expect(members.getByRole('row', { name: /许老师/ })).toContainText('队员')
  await page.getByRole('link', { name: '登记新人员' }).click()
  await page.getByRole('textbox', { name: '姓名' }).fill('许老师')
  await page.getByRole('textbox', { name: '手机号' }).fill('15400066001')
  await expectGood(page)
  await pictured(page, 'person-new-zh')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.getByRole('link', { name: '查看已登记的人员（1）' })).toBeVisible()
  await expectGood(page)
  await page.getByRole('button', { name: '不是同一人，仍然登记' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('许老师')
  await page.getByRole('link', { name: '教育系统先锋队' }).click()
  await expect(members.getByRole('row')).toHaveCount(3)

  await page.getByRole('button', { name: '指定队长' }).click()
  await dialog.getByRole('combobox', { name: '接任者' }).click()
  await page.locator('.ant-select-item-option').first().click()
  await expectGood(page)
  await pictured(page, 'team-hand-over-zh')
  await dialog.getByRole('button', { name: '指定队长' }).click()
  await expect(page.getByText('队长已由许老师担任')).toBeVisible()
  await expect(members.getByRole('row', { name: /队长/ })).toHaveCount(1)
  await expectGood(page)
  await pictured(page, 'team-zh')
  await members.getByRole('row', { name: /队员/ }).getByRole('button').click()
  await page.getByRole('menuitem', { name: '改为副队长' }).click()
  await expect(members.getByRole('row', { name: /副队长/ })).toBeVisible()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(members.getByRole('row', { name: /队员/ })).toBeVisible()
  expect(complaints).toEqual([])
})

test('access to the data of a class is asked for, allowed by another person, used and taken back', async ({
  page,
  service,
  browser,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/people/access')
  await page.getByRole('button', { name: '申请查阅' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: '班级（队伍）' }).fill('五年')
  await page.locator('.ant-select-item-option', { hasText: '五年1班' }).click()
  await dialog.getByRole('combobox', { name: '事由' }).click()
  await page.getByTitle('办理保险').click()
  await dialog.getByRole('textbox', { name: '具体说明' }).fill('为3月12日的活动统一办理意外保险')
  await expectGood(page)
  await pictured(page, 'access-ask-zh')
  await dialog.getByRole('button', { name: '提交申请' }).click()
  const row = page.getByRole('row', { name: /五年1班/ })
  await expect(row).toContainText('待批准')

  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } })
  const other = await context.newPage()
  await enter(other, service, await aClerk(office, 'auditor'), '/people/access')
  await expectGood(other)
  await pictured(other, 'access-decide-en')
  await other.getByRole('button', { name: 'Approve' }).click()
  await other.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
  await expect(other.getByText('Approved: open for 4 hours')).toBeVisible()

  await page.reload()
  await expect(row).toContainText('已批准，可查看')
  const download = page.waitForEvent('download')
  await row.getByRole('button', { name: '导出名单' }).click()
  expect((await download).suggestedFilename()).toBe('演练-未成年人名单.xlsx')
  await expectGood(page)
  await pictured(page, 'access-zh')
  await other.getByRole('button', { name: 'Undo' }).click()
  await expect(other.getByText('Taken back', { exact: true }).first()).toBeVisible()
  const year = other.waitForEvent('download')
  await other.getByRole('button', { name: 'Export a year of accesses' }).click()
  await other.getByRole('menuitem', { name: '2026' }).click()
  expect((await year).suggestedFilename()).toBe('rehearsal-minor-accesses-2026.xlsx')
  await context.close()
  expect(complaints).toEqual([])
})

test.describe('in English', () => {
  test.use({ locale: 'en-GB', viewport: { width: 1280, height: 800 } })

  test('a class says how many pupils it has, and whose guardians cannot be reached', async ({
    page,
    service,
  }) => {
    await enter(page, service, clerk, `/people/teams/${classId}`)
    const figures = page.getByRole('complementary', { name: 'Who leads' })
    await expect(figures).toContainText('Pupils2Teachers1Without a guardian’s number1')
    await expectGood(page)
    await pictured(page, 'class-en')
    await figures.getByRole('link').nth(2).press('Enter')
    await expect(page.getByRole('rowheader')).toHaveText([/卢小冰/])
    for (const path of [
      '/people/units',
      `/people/units/${bureauId}`,
      '/people/units/new',
      '/people/teams',
      '/people/teams/new',
      '/people/persons/new',
    ]) {
      await page.goto(service.url + path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
      await expectGood(page)
      await pictured(page, `${path.slice(1).replaceAll('/', '-').replace(bureauId, 'one')}-en`)
    }
  })
})
