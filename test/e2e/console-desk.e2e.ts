/** The desk: what a unit returns goes to whose it is. */
import { invite } from '../../scripts/day/offices.ts'
import { aClerk, type Clerk, complaintsOf, enter, expectGood, pictured } from './console.ts'
import { type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1440, height: 900 }, alone: 'desk' })

let office: Office
let clerk: Clerk
let liaison: Clerk
let taskId: string

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  clerk = await aClerk(office, 'city_office')
  const { client, unitId } = office
  const unit = (name: string) =>
    client.post('/api/units', { name, kind: 'government', districtCode: '210502' })
  const owing = await unit('平山区房产局')
  await unit('平山区商务局')
  const account = { login: 'liaison', name: '王同志', what: '', role: 'unit_administrator' }
  liaison = await invite(client, { ...account, unitId: owing.id } as never)
  const book = { kind: 'checklist', title: '退回清单', issuerUnitId: unitId }
  const { id: bookId } = await client.post('/api/books', book)
  const task = { kind: 'item', outline: '1', text: '拆除违规广告牌', unitId: owing.id }
  const due = { dueKind: 'dated', dueClass: 'workdays:15' }
  taskId = (await client.post(`/api/books/${bookId}/tasks`, { ...task, ...due })).id
  await client.put(`/api/books/${bookId}/publication`, {}, '"v1"')
})

test('what a unit returns is given by the office to whose it is', async ({ browser, page, service }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  const theirs = await context.newPage()
  await enter(theirs, service, liaison, `/city/tasks/${taskId}`)
  await theirs.getByRole('button', { name: '退回' }).click()
  const returning = theirs.getByRole('dialog')
  await returning.getByRole('textbox', { name: '原因、说明' }).fill('属商务局职责')
  await expectGood(theirs)
  await returning.getByRole('button', { name: '退回' }).click()
  await expect(theirs.getByRole('table', { name: '办理过程' })).toContainText('属商务局职责')
  // Whoever slipped takes it back at once.
  await theirs.getByRole('status').getByRole('button', { name: '撤销' }).click()
  await expect(theirs.getByText('已办理：撤回')).toBeVisible()
  await theirs.getByRole('button', { name: '退回' }).click()
  await returning.getByRole('textbox', { name: '原因、说明' }).fill('属商务局职责')
  await returning.getByRole('button', { name: '退回' }).click()
  await expect(returning).toBeHidden()

  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, '/city/desk?desk=returns')
  await page.getByRole('link', { name: '拆除违规广告牌' }).click()
  await page.getByRole('button', { name: '改派' }).click()
  const giving = page.getByRole('dialog')
  await expect(giving.getByRole('button', { name: '改派' })).toBeDisabled()
  await giving.getByRole('combobox', { name: '责任单位' }).fill('商务局')
  await page.getByTitle('平山区商务局').last().click()
  await expectGood(page)
  await pictured(page, 'city-reissue-zh')
  await giving.getByRole('button', { name: '改派' }).click()
  await expect(page.getByRole('table', { name: '办理过程' })).toContainText('改派')
  const after = await office.client.get(`/api/tasks/${taskId}`)
  expect([after.unit.name, after.state, after.cycle]).toEqual(['平山区商务局', 'issued', 2])
  expect(complaints).toEqual([])
})
