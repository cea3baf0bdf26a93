/** Two units list the same cadres: no answer to either tells that the other list exists, but for 已另有安排. */
import { expect, test } from 'vitest'
import { personalLink } from '#modules/mobilization/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import {
  atBureau,
  atCommunity,
  type Cadre,
  common,
  everyCadre,
  firstAt,
  identityOf,
  own,
  phoneOf,
  stranger,
} from '#test/support/cadres/people.ts'
import { narrowed, readEverything } from '#test/support/cadres/reads.ts'
import { differences, Transcript } from '#test/support/cadres/transcript.ts'
import { anEvent, aPlace, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aWorkbook, committing, importing } from '#test/support/factories/spreadsheets.ts'

type Name = 'bureau' | 'community'
const places = {
  bureau: { latitude: 41.3, longitude: 123.7 },
  community: { latitude: 41.3, longitude: 123.9 },
}

interface Side {
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

async function aSide(
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

const misread = { ...atBureau(980), name: '陈洋海' }

async function all(app: TestApp, who: SignedIn, url: string) {
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

async function imports(app: TestApp, side: Side, list: readonly Cadre[]): Promise<string> {
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
async function keepsItsList(app: TestApp, side: Side): Promise<void> {
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
const known = {
  year: ['2026'],
  from: ['2026-03-01'],
  workdays: ['3'],
  level: ['unit'],
  kind: ['persons'],
  channel: ['sms'],
}

async function signUp({ who, teamId }: Side, app: TestApp, eventId: string, personIds: readonly string[]) {
  const { body } = await app.as(who).post(`/api/events/${eventId}/sign-ups`).send({ teamId, personIds })
  return body as { signedUp: number; refused: { because: string }[] }
}

/** Two shifts, each near the team of one unit and large enough for it alone. */
async function anEventOf(app: TestApp, sides: readonly Side[]) {
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
type Happening = Awaited<ReturnType<typeof anEventOf>>

async function planned(app: TestApp, eventId: string): Promise<string> {
  const city = app.as('city_office')
  const { body } = await city.post(`/api/events/${eventId}/plans`).send({ policy: 'fill' }).expect(202)
  await app.settled()
  await city.put(`/api/plans/${body.id}/application`).send({}).expect(200)
  await publish(app, eventId)
  return body.id
}

const until = (app: TestApp, time: string) => {
  const at = new Date(onTheDay(time)).getTime() + 30_500
  app.clock.advance({ milliseconds: at - app.clock.now().toMillis() })
  return app.settled()
}

/** The people of a side on its shift, in the order of their names. */
async function placesOf(
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

/** Answers are recorded, people come by their links, the roll is called, put right and closed. */
async function callsTheRoll(app: TestApp, sides: readonly Side[], happening: Happening): Promise<string[]> {
  const { shiftIds, eventId } = happening
  const tokens: string[] = []
  const each = async (act: (side: Side, shiftId: string) => Promise<void>) => {
    for (const [at, side] of sides.entries()) await act(side, shiftIds[at]!)
  }
  await until(app, '09:00')
  await each(async (side, shiftId) => {
    const [first, second, third] = await placesOf(app, side, happening, shiftId)
    for (const [place, answer] of [
      [first!, 'accepted'],
      [second!, 'declined'],
    ] as const)
      await side.told.ask('PUT', `/api/participations/${place.participationId}/answer`, { answer })
    await side.told.ask('PUT', `/api/assignments/${third!.id}/excusal`)
  })
  await until(app, '13:40')
  await each(async (side, shiftId) => {
    const { told, teamId } = side
    const [first, , , fourth, fifth] = await placesOf(app, side, happening, shiftId)
    const { token } = personalLink(app.context.keys, first!.participationId, 1)
    tokens.push(token)
    const link = `/api/c/${token}/assignments/${first!.id}/check-in`
    await told.ask('PUT', link, { operationId: 'by-the-link' })
    await told.ask('GET', `/api/shifts/${shiftId}/attendance`)
    const absent = [{ assignmentId: fourth!.id, is: 'absent' }]
    const roll = { operationId: 'first-roll', teamId, entries: absent, rest: 'present' }
    await told.ask('PUT', `/api/shifts/${shiftId}/roll`, roll)
    await told.ask('DELETE', `/api/assignments/${fifth!.id}/check-in?operationId=not-here`)
    await told.ask('PUT', `/api/assignments/${fifth!.id}/check-in`, { operationId: 'here-again' })
    await told.ask('GET', `/api/events/${eventId}/live`)
  })
  await until(app, '17:40')
  await each(async (side, shiftId) => {
    const closing = { operationId: 'all-left', teamId: side.teamId, entries: [], rest: 'left' }
    await side.told.ask('PUT', `/api/shifts/${shiftId}/roll`, closing)
    const fourth = (await placesOf(app, side, happening, shiftId))[3]!
    const late = {
      operationId: newId(),
      reason: '在场，点名时在车上',
      entries: [{ assignmentId: fourth.id }],
    }
    await side.told.ask('PUT', `/api/shifts/${shiftId}/late-entries`, late)
  })
  return tokens
}

interface Tried {
  signedUp: number
  because: string[]
  byHand: string
  eligible: string
}

/** Each unit tries whom the other signed up before. */
async function triesTheirs(
  app: TestApp,
  side: Side,
  eventId: string,
): Promise<Omit<Tried, 'byHand' | 'eligible'>> {
  const { signedUp, refused } = await signUp(side, app, eventId, side.theirs)
  return { signedUp, because: [...new Set(refused.map(({ because }) => because))] }
}

async function triesByHand(app: TestApp, { who, theirs }: Side, shiftId: string) {
  const place = await app.as(who).put(`/api/shifts/${shiftId}/assignments/${theirs[0]}`).send({})
  const asked = await app.as(who).get(`/api/shifts/${shiftId}/eligibility/${theirs[0]}`)
  return { byHand: `${place.status} ${place.body.code}`, eligible: asked.body.because }
}

interface Sent {
  kind: string
  to: string
}

async function play(listed: 'both' | Name) {
  await using app = await startApp()
  app.clock.set(instantFrom('2026-02-20T09:00:20.500+08:00'))
  const cadres = (side: Name, of: (n: number) => Cadre) =>
    everyCadre.map(listed === 'both' || listed === side ? of : stranger)
  const isListed = (side: Name) => listed === 'both' || listed === side
  const community = await aSide(app, 'community', '东明社区', {
    list: [...own(900), ...cadres('community', atCommunity), ...(isListed('community') ? [misread] : [])],
    second: [...own(920), ...(isListed('community') ? [atBureau(990)] : [])],
  })
  const doubtful = { ...misread, identity: identityOf(990), name: '冯军海' }
  const bureau = await aSide(app, 'bureau', '市住建局', {
    list: [...own(940), ...cadres('bureau', atBureau), ...(isListed('bureau') ? [doubtful] : [])],
    second: [...own(960), ...(isListed('bureau') ? [atBureau(980)] : [])],
  })
  const sides = [community, bureau]
  for (const side of sides) await imports(app, side, side.list)
  for (const side of sides) {
    await side.told.learn()
    await keepsItsList(app, side)
  }
  const rows = await app.db.read.select({ human: persons.humanId }).from(persons)
  const linked = rows.filter(({ human }) => human !== null).length

  for (const side of sides) {
    const idOf = new Map((await all(app, side.who, '/api/persons')).map(({ id, name }) => [name, id]))
    const ids = side.list.slice(4, 4 + common).map(({ name }) => idOf.get(name)!)
    const of = (name: Name) => everyCadre.filter((n) => firstAt(n) === name).map((n) => ids[n]!)
    side.ours = [...side.list.slice(0, 4).map(({ name }) => idOf.get(name)!), ...of(side.name)]
    side.theirs = of(side.name === 'bureau' ? 'community' : 'bureau')
  }
  const happening = await anEventOf(app, sides)
  const { eventId, shiftIds, zoneIds } = happening
  for (const side of sides) side.told.note('signed up', await signUp(side, app, eventId, side.ours))
  const tried: Partial<Record<Name, Tried>> = {}
  const both = listed === 'both'
  const signing = new Map<Side, Omit<Tried, 'byHand' | 'eligible'>>()
  if (both) for (const side of sides) signing.set(side, await triesTheirs(app, side, eventId))
  const planId = await planned(app, eventId)
  if (both)
    for (const [at, side] of sides.entries())
      tried[side.name] = { ...signing.get(side)!, ...(await triesByHand(app, side, shiftIds[at]!)) }
  for (const { told } of sides) await told.learn()
  const tokens = await callsTheRoll(app, sides, happening)
  await until(app, '18:30')

  const unread: Record<string, string[]> = {}
  for (const [at, side] of sides.entries()) {
    const { told, who, ours, theirs, importIds } = side
    const place = (await placesOf(app, side, happening, shiftIds[at]!))[4]!
    const messages = await app.as(who).get(`/api/messages?eventId=${eventId}&limit=200`)
    const [message] = messages.body.items.toSorted((a: Sent, b: Sent) =>
      `${a.kind} ${a.to}` < `${b.kind} ${b.to}` ? -1 : 1,
    )
    const sheet = (await app.as(who).get(`/api/imports/${importIds[0]}`)).body
    const values = {
      ...{ eventId: [eventId], shiftId: shiftIds, zoneId: zoneIds, planId: [planId], otherId: [planId] },
      ...{ unitId: sides.map(({ unitId }) => unitId), teamId: sides.map(({ teamId }) => teamId) },
      ...{ importId: importIds, participationId: [place.participationId], token: [tokens[at]!] },
      ...{ userId: [who.userId], personId: [ours[0]!, ours[4]!, theirs[0]!] },
      messageId: [message.id],
      sheetId: [sheet.files[0].sheets[0].id],
      ...known,
    }
    unread[side.name] = await readEverything(told, values)
    for (const id of shiftIds) await told.ask('GET', `/api/shifts/${id}/eligibility/${ours[4]}`)
  }
  const questionsOf = async (state: string) => {
    const { body } = await app.as('city_office').get(`/api/person-requests?state=${state}`).expect(200)
    return body.items.map(({ kind }: { kind: string }) => kind)
  }
  const questions = { open: await questionsOf('open'), withdrawn: await questionsOf('withdrawn') }
  return { bureau: bureau.told.lines, community: community.told.lines, linked, tried, questions, unread }
}

/** What neither unit has any of. */
const notThere = [
  'downloadPicture',
  'readPersonRequest',
  'readOfficerConfirmation',
  'readResponsibility',
  'readCampaign',
  'readShiftBatch',
  'readShiftCancellation',
  'readShiftRevision',
  'readTransfer',
  'readDisclosure',
  'readWorkingBody',
  'readBook',
  'readTask',
  'listTaskTemplates',
  'readTaskTemplate',
  'exportChart',
  'exportBook',
  'listTaskPictures',
  'readTaskFigures',
  'readScheme',
  'listStandards',
  'readPoint',
  'listPointVisits',
  'readRoundFigures',
  'readStandardFigures',
  'readCaseFigures',
  'readRanking',
  'listRankedVisits',
  'readAppeal',
  'readRound',
  'proveRound',
  'readRoundProgress',
  'listRoundVisits',
  'checkInspector',
  'readVisit',
  'readVisitReceipt',
  'readHeldUpload',
  'readCase',
  'readCaseDuty',
  'exportBulletin',
  'exportRanking',
  'readReportSnapshot',
  'exportReportSnapshot',
  'listHistory',
]

test(`${common} cadres on the lists of two units: each unit is answered as if the other had never listed them`, async () => {
  const [both, bureau, community] = [await play('both'), await play('bureau'), await play('community')]
  expect([both.linked, bureau.linked, community.linked]).toEqual([2 * common, 0, 0])
  expect(differences(both.bureau, bureau.bureau)).toEqual([])
  expect(differences(both.community, community.community)).toEqual([])
  expect(both.bureau.length).toBeGreaterThan(150)
  const refused = {
    signedUp: 0,
    because: ['arranged_elsewhere'],
    byHand: '409 shift.arranged_elsewhere',
    eligible: 'arranged_elsewhere',
  }
  expect(both.tried).toEqual({ bureau: refused, community: refused })
  // What was put there to be doubtful went with the lists that were taken back; of all others nobody is asked.
  const none = { open: [], withdrawn: [] }
  const doubts = { open: [], withdrawn: ['one_human', 'one_human'] }
  expect([both.questions, bureau.questions, community.questions]).toEqual([doubts, none, none])
  expect(both.unread).toEqual({ bureau: notThere, community: notThere })
})
