/** People of the office: found by what is wrong with them, corrected, brought together, and decided about. */
import { aClerk, type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1440, height: 900 } })

let office: Office
let clerk: Clerk
let pupilId: string
let volunteerId: string

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  clerk = await aClerk(office, 'city_office')
  const { client, teamId } = office
  const school = await client.post('/api/units', { name: '市第三小学', kind: 'school' })
  const klass = await client.post('/api/teams', { name: '四年2班', unitId: school.id, kind: 'class' })
  const person = (name: string, more: object = {}) =>
    client.post('/api/persons', { name, memberships: [{ teamId }], ...more })
  const phone = (value: string, more: object = {}) => ({ contacts: [{ kind: 'phone', value, ...more }] })
  volunteerId = (await person('冯志愿', { birthDate: '1988-02-03', ...phone('15400055001') })).id
  await person('没号码')
  await person('程双份', phone('15400055003'))
  await person('程双份', { ...phone('15400055003'), evenIfKnown: true })
  const guardian = { relation: 'guardian', ownerName: '韩大海' }
  const pupil = await client.post('/api/persons', {
    name: '韩小雨',
    memberships: [{ teamId: klass.id, role: 'pupil' }],
    ...phone('15400055004', guardian),
  })
  pupilId = pupil.id
})

test('people are found by what is wrong, and a number is marked, added and seen in full', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/people')
  await expect(page.getByRole('link', { name: '冯志愿' })).toBeVisible()
  await expect(page.getByText(/符合条件的共\d+人/)).toBeVisible()
  await expectGood(page)
  await pictured(page, 'people-list')
  await page.getByRole('combobox', { name: '联系电话' }).click()
  await page.getByTitle('没有号码').click()
  await expect(page).toHaveURL(/number=missing/)
  await expect(page.getByRole('link', { name: '没号码' })).toBeVisible()
  await expect(page.getByRole('link', { name: '冯志愿' })).toHaveCount(0)

  await page.goto(`${service.url}/people/persons/${volunteerId}`)
  const numbers = page.getByRole('region', { name: '联系方式' })
  await expect(numbers).toContainText('可用')
  await expectGood(page)
  await numbers.getByRole('button', { name: /操作/ }).click()
  await page.getByRole('menuitem', { name: '标为有误' }).click()
  await expect(numbers).toContainText('号码有误')
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(numbers).toContainText('可用')
  await numbers.getByRole('button', { name: '添加号码' }).click()
  await page.getByRole('textbox', { name: '号码或邮箱' }).fill('15400055009')
  await expectGood(page)
  await page.getByRole('dialog').getByRole('button', { name: '添加号码' }).click()
  await expect(numbers).toContainText('154****5009')
  await numbers.getByRole('button', { name: '查看完整号码' }).click()
  await page.getByRole('button', { name: '查看并记入审计' }).click()
  await expect(numbers).toContainText('15400055009')
  await page.getByRole('textbox', { name: '服务类别' }).fill('环境保护')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByText('已保存，修改了1项')).toBeVisible()
  expect((await office.client.get(`/api/persons/${volunteerId}`)).serviceCategory).toBe('环境保护')
  await pictured(page, 'person')
  expect(complaints).toEqual([])
})

test('what a guardian refused on paper is entered and found; a request is filed and decided', async ({
  page,
  service,
}) => {
  await enter(page, service, clerk, `/people/persons/${pupilId}`)
  await page.getByRole('button', { name: '登记表态' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: '不同意' }).check()
  await dialog.getByRole('textbox', { name: '监护人' }).fill('韩大海')
  await dialog.getByRole('textbox', { name: '内容' }).fill('参加学雷锋志愿服务')
  await expectGood(page)
  await pictured(page, 'consent')
  await dialog.getByRole('button', { name: '登记表态' }).click()
  await expect(page.getByRole('region', { name: '监护人同意与不同意' })).toContainText('参加学雷锋志愿服务')
  await expectGood(page)
  await pictured(page, 'pupil')
  await page.getByRole('button', { name: '提交更正申请' }).click()
  await dialog.getByRole('textbox', { name: '姓名' }).fill('韩晓雨')
  await dialog.getByRole('button', { name: '提交更正申请' }).click()
  await expect(page.getByText('已提交申请，等待处理')).toBeVisible()

  await page.goto(`${service.url}/people?consent=no`)
  await expect(page.getByRole('rowheader')).toHaveText(/韩小雨/)
  await page.getByRole('navigation', { name: '人员各部分' }).getByRole('link', { name: '申请' }).click()
  const row = page.getByRole('row', { name: /韩小雨/ })
  await expect(row).toContainText('姓名改为“韩晓雨”')
  await expectGood(page)
  await pictured(page, 'requests')
  await row.getByRole('checkbox').check()
  await page.getByRole('button', { name: '同意所选1个' }).click()
  await expect(page.getByText('已办理1个')).toBeVisible()
  await expect(row).toHaveCount(0)
  expect((await office.client.get(`/api/persons/${pupilId}`)).name).toBe('韩晓雨')
})

test.describe('in English', () => {
  test.use({ locale: 'en-GB', viewport: { width: 1280, height: 800 } })

  test('two records are seen side by side, made one, and two again', async ({ page, service }) => {
    await enter(page, service, clerk, '/people/duplicates')
    const pair = page.getByRole('region', { name: /程双份/ })
    await expect(pair).toContainText('Same name and number · Same name in one unit')
    await expectGood(page)
    await pictured(page, 'duplicates-en')
    await pair.getByRole('button', { name: 'Keep record 1' }).click()
    await expectGood(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).press('Enter')
    await expect(pair).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('they are two records again')).toBeVisible()
    await expect(pair).toBeVisible()
    for (const path of ['/people', '/people/requests', `/people/persons/${pupilId}`]) {
      await page.goto(service.url + path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
      await expectGood(page)
      await pictured(page, `${path.split('/').at(-1)?.slice(0, 8)}-en`)
    }
  })

  test('a viewer sees no person anywhere', async ({ page, service }) => {
    const viewer = await aClerk(office, 'viewer')
    await enter(page, service, viewer, '/events')
    await expect(page.getByRole('link', { name: 'Events' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'People' })).toHaveCount(0)
    await page.goto(`${service.url}/people/persons/${volunteerId}`)
    await expect(page.getByRole('alert')).toBeVisible()
    await expect(page.getByText('冯志愿')).toHaveCount(0)
  })
})
