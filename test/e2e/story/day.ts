/** The day itself: answers through the links, the roll on a phone, arrivals on the map, the report. */
import { randomUUID } from 'node:crypto'
import { type Browser, expect } from '@playwright/test'
import { type Client, crowd, until } from '../../../scripts/day/client.ts'
import { telephones } from '../../../scripts/day/offices.ts'
import type { RunningService } from '../../../scripts/day/server.ts'
import { type Clerk, enter } from '../console.ts'
import type { Stage } from './office.ts'

/** Everybody who was placed opens the link in their message and accepts; all but every tenth comes. How many came. */
export async function answersAndArrivals(
  service: RunningService,
  client: Client,
  eventId: string,
): Promise<number> {
  const { total } = await client.get(`/api/events/${eventId}/demand`)
  const sent = await until(
    async () => telephones(service, 'invitation'),
    (messages) => messages.length >= total.taken,
    120,
  )
  let came = 0
  await crowd([...sent.entries()], 16, async ([n, { text }]) => {
    const path = /\/c\/[0-9A-Za-z]+/.exec(text)?.[0] as string
    const { text: page } = await client.must('GET', path, { headers: { accept: 'text/html' } })
    const assignmentId = /name="assignmentId" value="([^"]+)"/.exec(page)?.[1] as string
    const form = { operationId: randomUUID(), assignmentId }
    await client.must('POST', `${path}/answer`, { form: { ...form, answer: 'accepted' } })
    if (n % 10 === 0) return
    await client.must('POST', `${path}/check-in`, { form: { ...form, operationId: randomUUID() } })
    came++
  })
  return came
}

/** A leader marks whoever of the team has not come by themselves, on a phone. */
export async function callRoll(
  browser: Browser,
  service: RunningService,
  { w, language, seen }: Stage,
  leader: Clerk,
  shiftId: string,
): Promise<void> {
  const context = await browser.newContext({
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    viewport: { width: 390, height: 844 },
  })
  const page = await context.newPage()
  await enter(page, service, leader, `/m/roll/${shiftId}`)
  const rest = page.getByRole('button', { name: new RegExp(w.phone.roll.rest(0).replace('0', '\\d+')) })
  await expect(rest).toBeVisible()
  await seen(page, 'phone-roll')
  await rest.press('Enter')
  await expect(page.getByText(w.phone.roll.saved)).toBeVisible()
  await seen(page, 'phone-roll-done')
  await context.close()
}

/** The day page says who is there; the report says the same. */
export async function readTheDay(
  { page, url, w, seen }: Stage,
  eventId: string,
  came: number,
): Promise<void> {
  await page.goto(`${url}/events/${eventId}/day`)
  await expect(page.getByText(w.live.states.live)).toBeVisible()
  await expect(page.locator('main')).toContainText(String(came))
  await seen(page, 'day')
  await page.goto(`${url}/events/${eventId}/report`)
  await expect(page.getByRole('region', { name: w.report.result })).toContainText(String(came))
  await seen(page, 'report')
}
