/** The pages of a published event: its people, its messages, and what is reported. */
import { aClerk, type Clerk, complaintsOf, enter, expectGood } from './console.ts'
import { inviteVolunteer, type Office, openOffice } from './day.ts'
import { expect, test } from './service.ts'

test.use({ viewport: { width: 1440, height: 900 }, alone: 'after' })

let office: Office
let clerk: Clerk

test.beforeAll(async ({ service }) => {
  office = await openOffice(service)
  await inviteVolunteer(service, office)
  clerk = await aClerk(office, 'city_office')
})

test('people are found by their answer, and an answer given orally is noted', async ({ page, service }) => {
  const complaints = complaintsOf(page, service)
  await enter(page, service, clerk, `/events/${office.eventId}/people`)
  await expect(page.getByRole('rowheader')).toHaveText(['张小二'])
  await expectGood(page)
  await page
    .getByRole('row', { name: /张小二/ })
    .getByRole('button', { name: '代为回复' })
    .click()
  await page.getByRole('menuitem', { name: '参加', exact: true }).click()
  await expect(page.getByText('已登记答复。')).toBeVisible()
  await expect(page.getByRole('row', { name: /张小二/ })).toContainText('已接受')
  await page.getByRole('combobox', { name: '答复' }).click()
  await page.getByTitle('未答复').click()
  await expect(page).toHaveURL(/answer=unanswered/)
  await expect(page.getByText('没有符合条件的人员。')).toBeVisible()
  await expectGood(page)
  expect(complaints).toEqual([])
})

test.describe('in English', () => {
  test.use({ locale: 'en-GB' })
  test('sending is held and goes on; numbers lead to what they count', async ({ page, service }) => {
    await enter(page, service, clerk, `/events/${office.eventId}/messages`)
    await expect(page.getByRole('row', { name: /Invitation/ })).toContainText('Sent')
    await expectGood(page)
    await page.getByRole('link', { name: /Sent/ }).press('Enter')
    await expect(page).toHaveURL(/state=sent/)
    await page.getByRole('button', { name: 'Hold sending' }).press('Enter')
    await expectGood(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Hold sending' }).press('Enter')
    await expect(page.getByText(/^Sending has been held since/)).toBeVisible()
    await expect(page.getByRole('link', { name: /^Messages/ })).toContainText('Sending is held')
    await expectGood(page)
    await page.getByRole('button', { name: 'Undo' }).press('Enter')
    await expect(page.getByText('Sending goes on')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Hold sending' })).toBeVisible()
  })

  test('the figures are read, copied and frozen', async ({ page, context, service }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const complaints = complaintsOf(page, service)
    await enter(page, service, clerk, `/events/${office.eventId}/report`)
    await expect(page.getByRole('region', { name: 'Who came' })).toContainText('Arrived')
    await expect(page.getByText('Nothing is frozen yet.')).toBeVisible()
    await expectGood(page)
    await page.getByRole('button', { name: 'Copy the bulletin' }).press('Enter')
    await expect(page.getByText('Copied')).toBeVisible()
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('学雷锋志愿服务日')
    await page.getByRole('button', { name: 'Freeze the figures' }).press('Enter')
    await page.getByRole('textbox', { name: 'Title' }).fill('12:00')
    await expectGood(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Freeze the figures' }).press('Enter')
    const frozen = page.getByRole('region', { name: 'Frozen figures' })
    await expect(frozen.getByRole('row')).toHaveCount(2)
    const saved = page.waitForEvent('download')
    await frozen.getByRole('link', { name: 'Download the table' }).click()
    expect((await saved).suggestedFilename()).toMatch(/\.xlsx$/)
    await expectGood(page)
    expect(complaints).toEqual([])
  })
})
