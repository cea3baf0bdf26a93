/** A day in March, clicked through from the first list to the report. */
import type { Browser, Page } from '@playwright/test'
import { Client } from '../../../scripts/day/client.ts'
import { invite, signIn } from '../../../scripts/day/offices.ts'
import type { RunningService } from '../../../scripts/day/server.ts'
import { complaintsOf, enter, expectGood, pictured } from '../console.ts'
import { expect, test } from '../service.ts'
import { officeOf } from '../support/officers.ts'
import { answersAndArrivals, callRoll, readTheDay } from './day.ts'
import type { Hand } from './hand.ts'
import {
  askUnits,
  importLists,
  importZones,
  makeEvent,
  makeShifts,
  moveTeam,
  planAndAccept,
  publish,
  type Stage,
  signUpTeam,
} from './office.ts'
import { aTown } from './town.ts'
import { said } from './words.ts'

/** How many take part; `npm run test:story` has as many as the real day. */
const people = Number(process.env.STORY_PEOPLE ?? 100)

export async function play(
  { browser, page, service }: { browser: Browser; page: Page; service: RunningService },
  language: 'zh' | 'en',
  hand: Hand,
): Promise<void> {
  const complaints = complaintsOf(page, service)
  const town = aTown(people)
  const clerk = await officeOf(service)
  const client = await signIn(new Client(service.url), clerk)
  const looked = new Set<string>()
  const stage: Stage = {
    page,
    url: service.url,
    hand,
    w: said[language],
    language,
    town,
    client,
    async seen(shown, name) {
      // Each page once: axe and words cost more than the act itself.
      if (!looked.has(name)) await expectGood(shown)
      looked.add(name)
      await pictured(shown, `story-${language}-${name}`)
    },
  }
  await enter(page, service, clerk, '/people/imports/new')
  await test.step('lists', () => importLists(stage))
  await test.step('zones', () => importZones(stage))
  const eventId = await test.step('event', () => makeEvent(stage))
  await test.step('shifts', () => makeShifts(stage, eventId))
  await test.step('quotas', () => askUnits(stage, eventId))
  await test.step('a team by name', () => signUpTeam(stage, eventId))
  const teams = await test.step('the other teams', () => signUp(client, eventId))
  await test.step('plan', () => planAndAccept(stage, eventId))
  await test.step('board', () => moveTeam(stage, eventId))
  await test.step('publication', () => publish(stage, eventId))
  const came = await test.step('answers', () => answersAndArrivals(service, client, eventId))
  const { shiftId, teamId } = await placeOf(client, eventId, teams)
  const leader = await invite(client, {
    login: 'leader',
    name: '李队长',
    what: '',
    role: 'team_leader',
    teamId,
  } as never)
  const before = (await client.get(`/api/events/${eventId}/live`)).total.present as number
  expect(before).toBe(came)
  await test.step('roll', () => callRoll(browser, service, stage, leader, shiftId))
  const after = (await client.get(`/api/events/${eventId}/live`)).total.present as number
  expect(after).toBeGreaterThan(before)
  await test.step('day and report', () => readTheDay(stage, eventId, after))
  expect(complaints).toEqual([])
}

/** Each team signs up all its people. */
async function signUp(client: Client, eventId: string): Promise<string[]> {
  const teams: string[] = []
  for await (const team of client.all('/api/teams')) {
    const personIds: string[] = []
    for await (const { id } of client.all(`/api/persons?teamId=${team.id}`)) personIds.push(id)
    if (personIds.length > 0)
      await client.post(`/api/events/${eventId}/sign-ups`, { teamId: team.id, personIds })
    teams.push(team.id)
  }
  return teams
}

/** A shift and a team of which somebody on it has not come. */
async function placeOf(client: Client, eventId: string, teams: readonly string[]) {
  for await (const { id: shiftId } of client.all(`/api/events/${eventId}/shifts`)) {
    for await (const { attendance, team } of client.all(`/api/shifts/${shiftId}/attendance`))
      if (!attendance && teams.includes(team?.id))
        return { shiftId: shiftId as string, teamId: team.id as string }
  }
  throw new Error('everybody has come')
}
