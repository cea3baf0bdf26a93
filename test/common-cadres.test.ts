/** Two units list the same cadres: no answer to either tells that the other list exists, but for 已另有安排. */
import { expect, test } from 'vitest'
import { identityCheckCharacter } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { newId } from '#platform/ids.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aPlace, aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import {
  aWorkbook,
  committing,
  decisionsOf,
  importing,
  rowsOf,
} from '#test/support/factories/spreadsheets.ts'

const common = Number(process.env.COMMON_CADRES ?? 40)

interface Cadre {
  name: string
  phone: string | null
  identity: string | null
}

const letters = (n: number) =>
  ['赵钱孙李周吴郑王冯陈', '伟芳娜敏静丽强磊军洋', '东南西北春夏秋冬云雨'].map(
    (of, at) => [...of][Math.floor(n / 10 ** at) % 10],
  )
const nameOf = (n: number) => letters(n).join('')
const phoneOf = (n: number) => `154${String(n).padStart(8, '0')}`
function identityOf(n: number): string {
  const first = `21050219${60 + (n % 40)}0615${String(n % 1000).padStart(3, '0')}`
  return first + identityCheckCharacter(first)
}

/** The bureau knows every other cadre by identity number; the community by another phone, or by the same. */
const atBureau = (n: number): Cadre => ({
  name: nameOf(n),
  phone: phoneOf(n),
  identity: n % 2 === 0 ? identityOf(n) : null,
})
const atCommunity = (n: number): Cadre => ({
  name: nameOf(n),
  phone: n % 4 === 0 ? phoneOf(50_000 + n) : phoneOf(n),
  identity: n % 2 === 0 ? identityOf(n) : null,
})

interface Side {
  unit: string
  team: string
  teamId: string
  who: SignedIn
  list: Cadre[]
  /** A list that is taken back: the first of it is known to the other unit by another name. */
  second: Cadre[]
}

type Listed = 'both' | 'bureau' | 'community'

const own = (from: number) => Array.from({ length: 4 }, (_, at) => atBureau(from + at))

async function aSide(
  app: TestApp,
  unit: string,
  team: string,
  lists: Pick<Side, 'list' | 'second'>,
): Promise<Side> {
  const { id: unitId } = await aUnit(app.db, { name: unit })
  const { id: teamId } = await aTeam(app.db, { unitId, name: team })
  const who = await app.signIn({ role: 'unit_administrator', unitId })
  return { unit, team, teamId, who, ...lists }
}

const everyCadre = Array.from({ length: common }, (_, n) => n)
const misread = { ...atBureau(980), name: '陈洋海' }

/** What is answered to a unit, byte for byte, but for ids, and for instants at which something was done. */
class Transcript {
  readonly lines: string[] = []
  readonly #names = new Map<string, string>()

  add(what: string, answer: { status?: number; body?: unknown } | unknown): void {
    const { status, body } = answer as { status?: number; body?: unknown }
    const text = JSON.stringify(status === undefined ? answer : [status, body])
      .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => this.#nameOf(id))
      .replaceAll(/"(volunteerNumber|stamp|nextCursor|hash|code)":"[^"]*"/g, '"$1":"…"')
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:(?!00\.000Z)\d\d\.\d{3}Z/g, 'now')
    this.lines.push(`${what}: ${text}`)
  }

  #nameOf(id: string): string {
    if (!this.#names.has(id)) this.#names.set(id, `#${this.#names.size}`)
    return this.#names.get(id)!
  }
}

async function all(app: TestApp, who: SignedIn, url: string) {
  const items: { id: string; name: string; personId: string; kind: string; to: string }[] = []
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

const sheet = ({ unit, team }: Side, list: readonly Cadre[]) =>
  aWorkbook([
    ['姓名', '手机号', '身份证号', '单位', '队伍'],
    ...list.map(({ name, phone, identity }) => [name, phone, identity, unit, team]),
  ])

async function imports(app: TestApp, told: Transcript, side: Side, list: readonly Cadre[]): Promise<string> {
  const { who } = side
  const { id, counts, remarks, failure, openDecisions } = await importing(app, [await sheet(side, list)], who)
  told.add('preview', { counts, remarks, failure, openDecisions })
  told.add('rows', await rowsOf(app, id, 'limit=200', who))
  told.add('decisions', await decisionsOf(app, id, who))
  const done = await committing(app, id, who)
  told.add('committed', { state: done.state, counts: done.counts, failure: done.failure })
  return id
}

/** A unit corrects typos, looks people up, and takes a list back. */
async function keepsItsList(app: TestApp, told: Transcript, side: Side): Promise<void> {
  const { who } = side
  const as = app.as(who)
  const people = await all(app, who, '/api/persons')
  told.add('people', people)
  const [first, , third] = people as [{ id: string; name: string }, unknown, { id: string }]
  for (const name of ['赵一新', first.name]) {
    const read = await as.get(`/api/persons/${first.id}`)
    const change = as.patch(`/api/persons/${first.id}`).set('if-match', read.headers.etag!)
    told.add(`renamed ${name}`, await change.send({ name }))
    await app.advance({ seconds: 11 })
  }
  told.add(
    'number',
    await as.post(`/api/persons/${third.id}/contacts`).send({ kind: 'phone', value: phoneOf(70_000) }),
  )
  told.add('looked up', await as.post('/api/person-look-ups').send({ number: side.list[2]!.phone }))
  for (const of of ['contact', 'unit'])
    told.add('twins', await as.get(`/api/person-duplicates?because=${of}`))
  told.add('requests', await as.get('/api/person-requests'))
  told.add('other records', await as.get(`/api/persons/${third.id}/other-records`))
  const again = await imports(app, told, side, side.second)
  await app.advance({ seconds: 11 })
  told.add('requests', await as.get('/api/person-requests'))
  told.add('taken back', await as.delete(`/api/imports/${again}/commit`))
  await app.settled()
  told.add('people', await all(app, who, '/api/persons'))
}

/** The bureau's people are planned, called, counted. */
async function serves(
  app: TestApp,
  told: Transcript,
  side: Side,
  eventId: string,
  planId: string,
): Promise<void> {
  const as = app.as(side.who)
  const shifts = (await as.get(`/api/events/${eventId}/shifts`)).body.items as { id: string }[]
  told.add('plan', await as.get(`/api/plans/${planId}`))
  const placed = await all(app, side.who, `/api/plans/${planId}/assignments`)
  told.add('places', placed)
  told.add('why', await as.get(`/api/plans/${planId}/people/${placed[0]!.personId}`))
  told.add('take part', await all(app, side.who, `/api/events/${eventId}/participations`))
  const messages = await all(app, side.who, `/api/messages?eventId=${eventId}`)
  // In the order in which they were written, which is that of random ids.
  told.add(
    'messages',
    messages.toSorted((a, b) => (`${a.kind} ${a.to}` < `${b.kind} ${b.to}` ? -1 : 1)),
  )
  for (const { id } of shifts) {
    told.add('on the shift', await all(app, side.who, `/api/shifts/${id}/assignments`))
    told.add('roll', await as.get(`/api/shifts/${id}/attendance`))
    told.add(
      'called',
      await as.put(`/api/shifts/${id}/roll`).send({ operationId: newId(), entries: [], rest: 'present' }),
    )
  }
  told.add('funnel', await as.get(`/api/events/${eventId}/funnel`))
  told.add('report', await as.get(`/api/events/${eventId}/report`))
}

async function play(listed: Listed) {
  await using app = await startApp()
  const city = app.as('city_office')
  const organiser = await aUnit(app.db, { name: '市文明办', districtCode: '210500' })
  const cadres = (unit: Listed, of: (n: number) => Cadre) =>
    listed === 'both' || listed === unit ? everyCadre.map(of) : []
  const community = await aSide(app, '东明社区', '东明社区志愿服务队', {
    list: [
      ...own(900),
      ...cadres('community', atCommunity),
      ...(listed === 'bureau' ? [] : [{ ...misread }]),
    ],
    second: [...own(920), ...(listed === 'bureau' ? [] : [atBureau(990)])],
  })
  const bureau = await aSide(app, '市住建局', '市住建局志愿服务队', {
    list: [
      ...own(940),
      ...cadres('bureau', atBureau),
      ...(listed === 'community' ? [] : [{ ...misread, identity: identityOf(990), name: '冯军海' }]),
    ],
    second: [...own(960), ...(listed === 'community' ? [] : [atBureau(980)])],
  })
  const told = { bureau: new Transcript(), community: new Transcript() }
  await imports(app, told.community, community, community.list)
  await imports(app, told.bureau, bureau, bureau.list)
  await keepsItsList(app, told.community, community)
  await keepsItsList(app, told.bureau, bureau)
  await app.advance({ seconds: 11 })
  const rows = await app.db.read.select({ human: persons.humanId }).from(persons)
  const linked = rows.filter(({ human }) => human !== null).length
  // How the community is answered is compared up to here; the bureau is first to sign up.
  if (listed === 'community') return { told, linked, second: undefined }

  const staff = await aTeam(app.db, { unitId: organiser.id, name: '机关志愿服务队' })
  const { id: inChargePersonId } = await aPerson(app, { name: '欧阳平', teamId: staff.id })
  const { id: eventId } = await anEvent(app, { name: '学雷锋志愿服务日', organiserUnitId: organiser.id })
  for (const at of [0, 1]) {
    const zone = await aPlace(app.db, { name: `解放路${at}`, districtCode: '210502' })
    await aShift(app, {
      eventId,
      zoneId: zone.id,
      inChargePersonId,
      max: common,
      target: Math.ceil(common / 2) + 2,
      min: Math.floor(common / 4),
    })
  }
  const signUp = async ({ who, teamId }: Side, transcript: Transcript) => {
    const people = await all(app, who, '/api/persons')
    const personIds = people.filter(({ name }) => name !== misread.name).map(({ id }) => id)
    const reply = await app.as(who).post(`/api/events/${eventId}/sign-ups`).send({ teamId, personIds })
    transcript.add('signed up', reply)
    return reply.body as { signedUp: number; refused: { because: string }[] }
  }
  await signUp(bureau, told.bureau)
  const second = await signUp(community, new Transcript())
  const planId = (await city.post(`/api/events/${eventId}/plans`).send({ policy: 'fill' }).expect(202)).body
    .id
  await app.settled()
  await city.put(`/api/plans/${planId}/application`).send({}).expect(200)
  await publish(app, eventId)
  app.clock.advance({ milliseconds: new Date(onTheDay('13:40')).getTime() - app.clock.now().toMillis() })
  await app.settled()
  await serves(app, told.bureau, bureau, eventId, planId)
  return { told, linked, second }
}

test(`${common} cadres on the lists of two units: each unit is answered as if the other had never listed them`, async () => {
  const [both, bureau, community] = [await play('both'), await play('bureau'), await play('community')]
  expect([both.linked, bureau.linked, community.linked]).toEqual([2 * common, 0, 0])
  expect(both.told.bureau.lines).toEqual(bureau.told.bureau.lines)
  expect(both.told.community.lines).toEqual(community.told.community.lines)
  expect(bureau.second!.refused).toEqual([])
  expect(both.second!.refused.map(({ because }) => because)).toEqual(
    everyCadre.map(() => 'arranged_elsewhere'),
  )
})
