/** Two units that list the same cadres, each in a service that knows both or in one of its own, and what each does there. */
import type { SignedIn, TestApp } from '#test/support/app.ts'
import { atBureau, type Cadre, phoneOf } from '#test/support/cadres/people.ts'
import { narrowed, readEverything } from '#test/support/cadres/reads.ts'
import { Transcript } from '#test/support/cadres/transcript.ts'
import { anEvent, aPlace, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aWorkbook, committing, importing } from '#test/support/factories/spreadsheets.ts'

export type Name = 'bureau' | 'community'

const places = {
  bureau: { latitude: 41.3, longitude: 123.7 },
  community: { latitude: 41.3, longitude: 123.9 },
}

export interface Side {
  name: Name
  unit: string
  unitId: string
  team: string
  teamId: string
  who: SignedIn
  told: Transcript
  list: Cadre[]
  /** A list that is taken back: the first of it is known to the other unit by another name. */
  second: Cadre[]
  /** Those it signs up, and those the other unit signed up before. */
  ours: string[]
  theirs: string[]
  importIds: string[]
}

export async function aSide(
  app: TestApp,
  name: Name,
  unit: string,
  lists: Pick<Side, 'list' | 'second'>,
): Promise<Side> {
  const { id: unitId } = await aUnit(app.db, { name: unit })
  const team = `${unit}志愿服务队`
  const { latitude: baseLatitude, longitude: baseLongitude } = places[name]
  const { id: teamId } = await aTeam(app.db, { unitId, name: team, baseLatitude, baseLongitude })
  const who = await app.signIn({ role: 'unit_administrator', unitId })
  const told = new Transcript(app, who)
  return { name, unit, unitId, team, teamId, who, told, ...lists, ours: [], theirs: [], importIds: [] }
}

export const misread = { ...atBureau(980), name: '陈洋海' }

export async function all(app: TestApp, who: SignedIn, url: string) {
  const items: { id: string; name: string; personId: string }[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const after = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
    const { body } = await app
      .as(who)
      .get(`${url}${url.includes('?') ? '&' : '?'}limit=200${after}`)
      .expect(200)
    items.push(...body.items)
    cursor = body.nextCursor ?? null
  }
  return items
}

export async function imports(app: TestApp, side: Side, list: readonly Cadre[]): Promise<string> {
  const { who, told, unit, team } = side
  const sheet = await aWorkbook([
    ['姓名', '手机号', '身份证号', '单位', '队伍'],
    ...list.map(({ name, phone, identity }) => [name, phone, identity, unit, team]),
  ])
  const { id, counts, remarks, failure, openDecisions } = await importing(app, [sheet], who)
  told.note('preview', { counts, remarks, failure, openDecisions })
  told.note('rows', await all(app, who, `/api/imports/${id}/rows`))
  await told.ask('GET', `/api/imports/${id}/decisions`)
  const done = await committing(app, id, who)
  told.note('committed', { state: done.state, counts: done.counts, failure: done.failure })
  side.importIds.push(id)
  await app.advance({ seconds: 11 })
  return id
}

/** A unit corrects typos, looks people up, and takes a list back. */
export async function keepsItsList(app: TestApp, side: Side): Promise<void> {
  const { who, told } = side
  const people = await all(app, who, '/api/persons')
  const of = ({ name }: Cadre) => people.find((person) => person.name === name)!.id
  const [first, third] = [of(side.list[4]!), of(side.list[6]!)]
  for (const name of ['赵一新', side.list[4]!.name]) {
    const { etag } = await told.ask('GET', `/api/persons/${first}`)
    await told.ask('PATCH', `/api/persons/${first}`, { name }, etag)
    await app.advance({ seconds: 11 })
  }
  const number = phoneOf(70_000)
  await told.ask('POST', `/api/persons/${third}/contacts`, { kind: 'phone', value: number })
  await told.ask('POST', '/api/person-look-ups', { number: side.list[6]!.phone })
  const again = await imports(app, side, side.second)
  await told.ask('GET', '/api/person-requests')
  await told.ask('DELETE', `/api/imports/${again}/commit`)
  await app.settled()
  if (!narrowed) return
  const seen = { personId: [first, third], importId: side.importIds, ...known }
  await readEverything(told, { ...seen, unitId: [side.unitId], teamId: [side.teamId], userId: [who.userId] })
}

/** What a read needs beside ids. */
export const known = {
  year: ['2026'],
  from: ['2026-03-01'],
  workdays: ['3'],
  level: ['unit'],
  kind: ['persons'],
  channel: ['sms'],
}

export async function signUp(
  { who, teamId }: Side,
  app: TestApp,
  eventId: string,
  personIds: readonly string[],
) {
  const { body } = await app.as(who).post(`/api/events/${eventId}/sign-ups`).send({ teamId, personIds })
  return body as { signedUp: number; refused: { because: string }[] }
}

/** Two shifts, each near the team of one unit and large enough for it alone. */
export async function anEventOf(app: TestApp, sides: readonly Side[]) {
  const organiser = await aUnit(app.db, { name: '市文明办', districtCode: '210500' })
  const staff = await aTeam(app.db, { unitId: organiser.id, name: '机关志愿服务队' })
  const { id: inChargePersonId } = await aPerson(app, { name: '欧阳平', teamId: staff.id })
  const { id: eventId } = await anEvent(app, { name: '学雷锋志愿服务日', organiserUnitId: organiser.id })
  const shiftIds: string[] = []
  const zoneIds: string[] = []
  for (const { name, ours } of sides) {
    const zone = await aPlace(app.db, { name: `${name}路`, districtCode: '210502', ...places[name] })
    const heads = { min: 1, target: ours.length, max: ours.length }
    const work = `在${name}路清扫`
    const { id } = await aShift(app, { eventId, zoneId: zone.id, inChargePersonId, work, ...heads })
    shiftIds.push(id)
    zoneIds.push(zone.id)
  }
  const quotas = sides.map(({ unitId, ours }) => ({ unitId, asked: ours.length + 5 }))
  await app.as('city_office').put(`/api/events/${eventId}/quotas`).send({ quotas }).expect(200)
  return { eventId, shiftIds, zoneIds }
}

export type Happening = Awaited<ReturnType<typeof anEventOf>>

export async function planned(app: TestApp, eventId: string): Promise<string> {
  const city = app.as('city_office')
  const { body } = await city.post(`/api/events/${eventId}/plans`).send({ policy: 'fill' }).expect(202)
  await app.settled()
  await city.put(`/api/plans/${body.id}/application`).send({}).expect(200)
  await publish(app, eventId)
  return body.id
}

export const until = (app: TestApp, time: string) => {
  const at = new Date(onTheDay(time)).getTime() + 30_500
  app.clock.advance({ milliseconds: at - app.clock.now().toMillis() })
  return app.settled()
}

/** The people of a side on its shift, in the order of their names. */
export async function placesOf(
  app: TestApp,
  { who }: Side,
  { eventId }: Pick<Happening, 'eventId'>,
  shiftId: string,
) {
  const query = `shiftId=${shiftId}&limit=200`
  const { body } = await app.as(who).get(`/api/events/${eventId}/participations?${query}`).expect(200)
  const rows = body.items as { id: string; person: { name: string }; assignments: { id: string }[] }[]
  return rows
    .map(({ id: participationId, person, assignments }) => ({
      ...{ participationId, name: person.name, id: assignments[0]!.id },
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}
