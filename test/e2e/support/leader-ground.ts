/** What a leader and a liaison see on the phone: a shift of forty people, and a number that is asked for. */
import type { BrowserContext, BrowserType, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { invite } from '../../../scripts/day/offices.ts'
import type { RunningService } from '../../../scripts/day/server.ts'
import type { Clerk } from '../console.ts'
import { type Office, openOffice } from '../day.ts'

export interface LeaderGround {
  office: Office
  leader: Clerk
  liaison: Clerk
  shiftId: string
  quotaId: string
  persons: string[]
}

const names = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章'

export async function leaderGround(service: RunningService): Promise<LeaderGround> {
  const office = await openOffice(service)
  const { client, teamId, unitId, eventId } = office
  const head = await client.post('/api/persons', { name: '李领队', memberships: [{ teamId }] })
  const zone = await client.post('/api/zones', { name: '解放北路', kind: 'street' })
  const shift = await client.post(`/api/events/${eventId}/shifts`, {
    zoneId: zone.id,
    startsAt: '2026-03-04T12:30:00+08:00',
    endsAt: '2026-03-04T16:00:00+08:00',
    work: '清理小广告',
    meetingPoint: '永丰社区门口',
    min: 10,
    target: 40,
    max: 60,
    inChargePersonId: head.id,
  })
  const persons = await Promise.all(
    [...names].map(async (name, at) => {
      const { id } = await client.post('/api/persons', {
        name: `${name}志${'一二三四五六七八九十'[at % 10]}`,
        memberships: [{ teamId }],
      })
      await client.put(`/api/shifts/${shift.id}/assignments/${id}`, { teamId })
      return id as string
    }),
  )
  await client.put(`/api/events/${eventId}/quotas`, { quotas: [{ unitId, asked: 40 }] })
  const quotaId: string = (await client.get(`/api/events/${eventId}/quotas`)).items[0].id
  await client.put(`/api/events/${eventId}/publication`, {})
  const leader = await invite(client, {
    login: 'leader',
    name: '王队长',
    what: '',
    role: 'team_leader',
    teamId,
  } as never)
  const liaison = await invite(client, {
    login: 'liaison',
    name: '孙联络员',
    what: '',
    role: 'unit_administrator',
    unitId,
  } as never)
  return { office, leader, liaison, shiftId: shift.id, quotaId, persons }
}

/** The browser of this run. */
export interface PhoneBrowser {
  browserType: BrowserType
  launchOptions: object
}

/** The first time of day that the page shows as this pattern says. */
export async function minuteIn(page: Page, pattern: RegExp): Promise<string> {
  const text = await page.getByText(pattern).first().innerText()
  return pattern.exec(text)?.[1] as string
}

/** A minute of the afternoon in Benxi, in UTC. */
export const inUtc = (minute: string) =>
  `2026-03-04T${String(Number(minute.slice(0, 2)) - 8).padStart(2, '0')}${minute.slice(2)}`

/** A browser that keeps its data in a folder, with a clock of its own. */
export async function aPhone(
  { browserType, launchOptions }: PhoneBrowser,
  folder: string,
  now: string,
): Promise<BrowserContext> {
  const context = await browserType.launchPersistentContext(folder, {
    ...launchOptions,
    locale: 'zh-CN',
    viewport: { width: 390, height: 844 },
  })
  await context.clock.setSystemTime(new Date(now))
  return context
}

/** Whatever a script could read that tells of a person. */
export const openSecrets = `Object.entries(localStorage).concat(Object.entries(sessionStorage)).join()`
export const keptRecords = `new Promise((resolve) => {
  const request = indexedDB.open('muster-phone')
  request.onsuccess = () => {
    const count = request.result.transaction('kept').objectStore('kept').count()
    count.onsuccess = () => { request.result.close(); resolve(count.result) }
  }
})`

/** Everything that is tapped is at least 48 pixels high, and what is read at least 16; the text itself 18. */
export async function expectForFingers(page: Page): Promise<void> {
  const small = await page.evaluate(`[...document.querySelectorAll('a, button, input, summary')]
    .filter((each) => each.checkVisibility())
    // A box to tick is pressed anywhere on its label.
    .filter((each) => (each.type === 'checkbox' ? each.closest('label') ?? each : each).getBoundingClientRect().height < 48)
    .map((each) => each.outerHTML)`)
  expect(small).toEqual([])
  expect(await page.evaluate('parseFloat(getComputedStyle(document.body).fontSize)')).toBeGreaterThanOrEqual(
    18,
  )
}
