/** The pages of an event's quotas: asked from a pasted column, answered by a liaison. */
import { invite } from '../../scripts/day/offices.ts'
import { aClerk, complaintsOf, enter, expectGood } from './console.ts'
import { anEvent, type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1440, height: 900 } })

let office: Office
let eventId: string
let liaisonUnit: string

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  const { client } = office
  for (const name of ['市教育局', '市第一中学', '市第二中学'])
    liaisonUnit = (await client.post('/api/units', { name, kind: 'government' })).id
  eventId = await anEvent(office, '清洁校园周')
})

test('units are asked from a pasted column; a doubtful name is asked about, totals are not', async ({
  page,
  service,
}) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, await aClerk(office, 'city_office'), `/events/${eventId}/quotas`)
  await expect(page.getByText('还没有下达需求人数。')).toBeVisible()
  await expectGood(page)
  await page.getByRole('link', { name: '下达需求人数' }).first().click()
  await page
    .getByRole('textbox', { name: '粘贴两列' })
    .fill('单位\t人数\n市教育局\t40\n中学\t25\n第二中学\t10\n查无此单位\t3\n合计\t78')
  await page.getByRole('button', { name: '核对单位' }).click()
  await expect(page.getByText('3个名称存疑')).toBeVisible()
  await expectGood(page)
  await page.getByRole('row', { name: /^中学/ }).getByRole('button', { name: '市第一中学' }).click()
  await page
    .getByRole('row', { name: /^第二中学/ })
    .getByRole('button', { name: '市第二中学' })
    .click()
  await page.getByRole('checkbox', { name: '不下达给“查无此单位”' }).check()
  await page.getByRole('button', { name: '下达给3家单位，共75人' }).click()
  await expect(page).toHaveURL(`${service.url}/events/${eventId}/quotas`)
  await expect(page.getByRole('rowheader')).toHaveText(['市教育局', '市第一中学', '市第二中学'])
  await expect(page.getByText('已下达：新增3家')).toBeVisible()
  await expectGood(page)
  expect(complaints).toEqual([])
})

test.describe('in English, by keyboard', () => {
  test.use({ locale: 'en-GB' })
  test('a liaison sees the own unit, and answers it', async ({ page, service }) => {
    const { client } = office
    await client.put(`/api/events/${eventId}/quotas`, { quotas: [{ unitId: liaisonUnit, asked: 10 }] })
    const who = {
      login: 'liaison',
      name: '赵联络',
      what: '',
      role: 'unit_administrator',
      unitId: liaisonUnit,
    }
    const liaison = await invite(client, who as Parameters<typeof invite>[1])
    await enter(page, service, liaison, `/events/${eventId}/quotas`)
    await expect(page.getByRole('rowheader')).toHaveText(['市第二中学'])
    await expect(page.getByRole('link', { name: 'Quotas' })).toContainText('Units without an answer: 1')
    await page.getByRole('button', { name: 'Offer people' }).press('Enter')
    await expect(page.getByRole('spinbutton', { name: 'Offered' })).toBeFocused()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('8')
    await expectGood(page)
    await page.keyboard.press('Tab')
    await page.keyboard.type('two are ill')
    await page.getByRole('button', { name: 'Send' }).press('Enter')
    await expect(page.getByText('Offered: 8')).toBeVisible()
    await expect(page.getByRole('row', { name: /市第二中学/ })).toContainText('two are ill')
    await expectGood(page)
  })
})
