/** What the office does before the day: lists, places, the event, who is asked, who goes where. */
import { expect, type Page } from '@playwright/test'
import { inChargeRules } from '#modules/mobilization/words.ts'
import type { Client } from '../../../scripts/day/client.ts'
import type { Hand } from './hand.ts'
import { peopleFile, type Town, teamsFile, unitsFile, zonesFile } from './town.ts'
import type { Said } from './words.ts'

export interface Stage {
  page: Page
  url: string
  hand: Hand
  w: Said
  language: 'zh' | 'en'
  town: Town
  /** The same office through the API, to read what a page does not have to say. */
  client: Client
  /** Called where a page stands as its reader sees it. */
  seen(page: Page, name: string): Promise<void>
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

/** Three lists, one after another, because people belong to teams and teams to units. */
export async function importLists({ page, url, hand, w, town, seen }: Stage): Promise<void> {
  const { imports: i } = w
  for (const file of [await unitsFile(town), await teamsFile(town), await peopleFile(town)]) {
    await page.goto(`${url}/people/imports/new`)
    await page.locator('input[type=file]').setInputFiles([file])
    await hand.press(button(page, i.upload(1)))
    const commit = page.getByRole('button', { name: new RegExp(`^${i.commit}`) })
    await expect(commit).toBeEnabled()
    await seen(page, 'import')
    await hand.press(commit)
    const dialog = page.getByRole('dialog')
    await hand.press(dialog.getByRole('button', { name: new RegExp(`^${i.commit}`) }))
    await expect(button(page, i.undo)).toBeVisible()
  }
}

export async function importZones({ page, url, hand, w, town, seen }: Stage): Promise<void> {
  await page.goto(`${url}/grid/import`)
  await page.locator('input[type=file]').setInputFiles([await zonesFile(town)])
  await seen(page, 'grid-import')
  await hand.press(button(page, w.grid.importNow(town.zones.length)))
  await expect(page.getByText(w.grid.imported(town.zones.length))).toBeVisible()
}

/** A draft of the event; its id. */
export async function makeEvent({ page, url, hand, w, seen, town }: Stage): Promise<string> {
  await page.goto(`${url}/events/new`)
  await hand.write(page.getByRole('textbox', { name: w.events.name }), '学雷锋志愿服务日')
  await hand.write(page.getByRole('combobox', { name: w.events.organiser }), town.units[0] as string)
  await expect(page.getByTitle(town.units[0] as string)).toBeVisible()
  await page.keyboard.press('Enter')
  for (const [name, at] of [
    [w.about.start, '2026-03-04 12:30'],
    [w.about.end, '2026-03-04 16:30'],
  ] as const) {
    await hand.write(page.getByRole('textbox', { name }), at)
    await page.keyboard.press('Enter')
  }
  await seen(page, 'event-new')
  await hand.press(button(page, w.about.create))
  await expect(page.getByText(w.about.created)).toBeVisible()
  const address = /\/events\/([0-9a-f-]{36})/
  await expect(page).toHaveURL(address)
  return address.exec(page.url())?.[1] as string
}

/** One shift in each zone. */
export async function makeShifts(stage: Stage, eventId: string): Promise<void> {
  const { page, url, hand, w, town, seen } = stage
  const people = town.teams.reduce((sum, { people }) => sum + people.length, 0)
  const each = Math.floor(people / town.zones.length)
  await page.goto(`${url}/events/${eventId}/shifts/new`)
  await hand.press(button(page, w.shifts.chooseAll(town.zones.length)))
  await hand.write(page.getByRole('textbox', { name: w.shifts.work }), '清理小广告')
  for (const [name, heads] of [
    [w.shifts.min, Math.floor(each / 2)],
    [w.shifts.target, each],
    [w.shifts.max, each + 30],
  ] as const)
    await hand.write(page.getByRole('spinbutton', { name }), String(heads))
  await hand.press(button(page, w.shifts.preview))
  await seen(page, 'shifts-preview')
  await hand.press(button(page, w.shifts.make))
  await expect(page.getByText(w.shifts.made(town.zones.length))).toBeVisible()
}

/** Every unit is asked for its people, by two columns out of a spreadsheet. */
export async function askUnits({ page, url, hand, w, town, seen }: Stage, eventId: string): Promise<void> {
  await page.goto(`${url}/events/${eventId}/quotas/ask`)
  const heads = (unit: string) =>
    town.teams.filter((team) => team.unit === unit).reduce((sum, { people }) => sum + people.length, 0)
  const lines = town.units.map((unit) => `${unit}\t${heads(unit)}`)
  // Pasted, as from a spreadsheet: to type a thousand lines is nobody's way.
  await page.getByRole('textbox', { name: w.quotas.paste }).fill(lines.join('\n'))
  await hand.press(button(page, w.quotas.check))
  await expect(page.getByText(w.quotas.allFound)).toBeVisible()
  await seen(page, 'quotas-ask')
  const all = town.units.reduce((sum, unit) => sum + heads(unit), 0)
  await hand.press(button(page, w.quotas.send(town.units.length, all)))
  await expect(page).toHaveURL(`${url}/events/${eventId}/quotas`)
}

/** The people of one team are signed up by name. */
export async function signUpTeam(
  { page, url, hand, w, town, client, seen }: Stage,
  eventId: string,
): Promise<void> {
  const team = town.teams[0] as Town['teams'][0]
  const { items } = await client.get(`/api/teams?search=${encodeURIComponent(team.name)}`)
  await page.goto(`${url}/events/${eventId}/quotas/names?teamId=${items[0].id}`)
  await hand.press(button(page, w.quotas.tickAll(team.people.length)))
  await hand.tick(page.getByRole('checkbox', { name: team.people[1]?.name as string, exact: true }))
  await seen(page, 'sign-up')
  await hand.press(button(page, w.quotas.signUp(team.people.length)))
  await expect(page.getByText(w.quotas.signUpDone(team.people.length), { exact: true })).toBeVisible()
}

/** A proposal, looked at and accepted as a whole. */
export async function planAndAccept({ page, url, hand, w, seen }: Stage, eventId: string): Promise<void> {
  await page.goto(`${url}/events/${eventId}/plan`)
  await hand.press(button(page, w.plan.start).first())
  await hand.press(button(page, w.plan.begin))
  await expect(button(page, w.plan.accept)).toBeVisible({ timeout: 120_000 })
  await seen(page, 'plan')
  await hand.press(button(page, w.plan.accept))
  await hand.press(page.getByRole('dialog').getByRole('button', { name: w.plan.accept }))
  await expect(page.getByText(new RegExp(w.plan.applied(1, 0, 0).split('1')[0] as string))).toBeVisible()
}

/** The largest team of the first place moves to another one that can take it, by keyboard: both stories do it so. */
export async function moveTeam({ page, url, w, seen }: Stage, eventId: string): Promise<void> {
  await page.goto(`${url}/events/${eventId}/board`)
  const grid = page.getByRole('grid', { name: w.board.grid })
  await expect(grid.getByRole('rowheader').first()).toBeVisible()
  await grid.focus()
  await grid.press('m')
  await expect(grid.locator('.can').first()).toBeVisible()
  await seen(page, 'board')
  await grid.press('ArrowDown')
  await grid.press('Enter')
  const dialog = page.getByRole('dialog')
  const moved = page.getByRole('region', { name: w.board.recent }).getByRole('row').nth(1)
  await expect(dialog.or(moved)).toBeVisible()
  if (await dialog.isVisible()) await dialog.getByRole('button').last().press('Enter')
  await expect(moved).toContainText('→')
}

/** Somebody in charge of every place, then the event is published. */
export async function publish(stage: Stage, eventId: string): Promise<void> {
  const { page, url, hand, w, language, seen } = stage
  await page.goto(`${url}/events/${eventId}/shifts`)
  await hand.press(button(page, w.shifts.nameInCharge))
  const dialog = page.getByRole('dialog')
  await hand.tick(dialog.getByRole('radio', { name: inChargeRules.largest_team_leader[language] }))
  await hand.press(dialog.getByRole('button', { name: w.shifts.name, exact: true }))
  await expect(dialog).toHaveCount(0)
  await nameTheRest(stage, eventId)
  await page.goto(`${url}/events/${eventId}`)
  await hand.press(button(page, w.acts.publish))
  await seen(page, 'publish')
  await hand.press(dialog.getByRole('button', { name: w.acts.publish }))
  await expect(page.getByText(w.acts.published)).toBeVisible()
}

/** A place that no team is on has no leader to be named: the clerk chooses somebody. */
async function nameTheRest({ page, url, hand, w, town, client }: Stage, eventId: string): Promise<void> {
  const someone = town.teams[0]?.people[1]?.name as string
  for await (const { id, inCharge } of client.all(`/api/events/${eventId}/shifts`)) {
    if (inCharge) continue
    await page.goto(`${url}/events/${eventId}/shifts/${id}`)
    await hand.write(page.getByRole('combobox', { name: w.shifts.inCharge }), someone)
    await expect(page.getByTitle(someone).first()).toBeVisible()
    await page.keyboard.press('Enter')
    await hand.press(button(page, w.common.save))
    await expect(page.getByText(w.saving.saved(1))).toBeVisible()
  }
}
