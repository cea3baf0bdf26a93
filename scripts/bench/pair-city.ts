import { personalLink } from '#modules/mobilization/index.ts'
import { linkChanged } from '#modules/organisation/linking/link-records.ts'
import { startWorker } from '#platform/jobs/worker.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { anEvent, aPlace, aShift, onTheDay } from '#test/support/factories/events.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aWorkbook, committing, importing, type TestFile } from '#test/support/factories/spreadsheets.ts'

/** People on the list that stays, and on the list that is imported and taken back again and again. */
export const sizes = { staying: 2_000, listed: 2_000 }
const teams = 20
const shifts = 40

export interface Side {
  app: TestApp
  /** Judges whose records are of one human, which the service does in a job of its own. */
  link: () => Promise<void>
  stop: () => Promise<void>
  who: SignedIn
  /** The list that is imported and taken back. */
  list: TestFile
  eventId: string
  shiftIds: string[]
  /** An event without a plan, on the next day. */
  laterId: string
  links: { url: string; undo: string }[]
  /** The import that was begun last. */
  importId?: string
}

const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许'
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平'
const nameOf = (n: number) =>
  [surnames[n % 20], given[Math.floor(n / 20) % 20], given[Math.floor(n / 400) % 20]].join('')
const row = (n: number, unit: string, team: string) => [
  nameOf(n),
  `154${String(n).padStart(8, '0')}`,
  unit,
  team,
]
const sheet = (rows: string[][]) => aWorkbook([['姓名', '手机号', '单位', '队伍'], ...rows])
const range = (from: number, size: number) => Array.from({ length: size }, (_, n) => from + n)

async function aUnitWithTeams(app: TestApp, name: string) {
  const { id: unitId } = await aUnit(app.db, { name })
  const named = range(1, teams).map((n) => `${name}${n}队`)
  const teamIds: string[] = []
  for (const team of named) teamIds.push((await aTeam(app.db, { unitId, name: team })).id)
  const who = await app.signIn({ role: 'unit_administrator', unitId })
  return { who, teamIds, row: (n: number) => row(n, name, named[n % teams] as string) }
}

/** The service without the jobs that link records: they are done when it is said, so that no other work pays for them. */
async function aServiceThatLinksLater() {
  const service = await startApp({ worker: false, unused: true })
  const { context, jobs } = service
  const others = Object.entries(jobs).filter(([kind]) => !kind.startsWith('organisation.link'))
  const worker = startWorker(context, Object.fromEntries(others), { pollMs: 200 })
  const settled = () => worker.idle()
  const app: TestApp = { ...service, settled }
  const stop = async () => {
    await worker.stop()
    await service[Symbol.asyncDispose]()
  }
  return { app, stop, link: () => linkChanged(context) }
}

async function imported(app: TestApp, file: TestFile, who: SignedIn): Promise<void> {
  const { id } = await importing(app, [file], who)
  const { state } = await committing(app, id, who)
  if (state !== 'committed') throw new Error(`the list of the bench is ${state}`)
}

async function aDayOfShifts(app: TestApp, day: string) {
  const { id: eventId } = await anEvent(app, {
    startsAt: onTheDay('00:00', day),
    endsAt: onTheDay('23:59', day),
  })
  const ids: string[] = []
  const heads = Math.ceil(sizes.staying / shifts)
  for (let n = 0; n < shifts; n++) {
    const { id: zoneId } = await aPlace(app.db, {
      latitude: 41.25 + n / 400,
      longitude: 123.7 + (n % 7) / 50,
    })
    const times = { startsAt: onTheDay('13:30', day), endsAt: onTheDay('17:30', day) }
    const wanted = { min: heads - 10, target: heads, max: heads + 10 }
    ids.push((await aShift(app, { eventId, zoneId, ...times, ...wanted })).id)
  }
  return { eventId, shiftIds: ids }
}

/** Two units, a published day with everybody in a place, and the morning of it. @param linked of half the records there are two */
export async function aPair(linked: boolean): Promise<Side> {
  const { app, stop, link } = await aServiceThatLinksLater()
  const bureau = await aUnitWithTeams(app, '市住建局')
  const community = await aUnitWithTeams(app, '东明社区')
  const everybody = range(0, sizes.staying + sizes.listed)
  // The community lists every second of them, or as many others.
  const others = everybody.map((n) => (linked && n % 2 === 0 ? n : n + everybody.length))
  await imported(app, await sheet(others.map(community.row)), community.who)
  await imported(app, await sheet(range(0, sizes.staying).map(bureau.row)), bureau.who)

  await link()

  const day = await aDayOfShifts(app, '2026-03-04')
  const later = await aDayOfShifts(app, '2026-03-05')
  for (const { eventId } of [day, later]) {
    for (const teamId of bureau.teamIds) {
      const { body } = await app.as(bureau.who).get(`/api/persons?teamId=${teamId}&limit=200`).expect(200)
      const personIds = body.items.map(({ id }: { id: string }) => id)
      await app.as(bureau.who).post(`/api/events/${eventId}/sign-ups`).send({ teamId, personIds }).expect(200)
    }
  }
  const city = app.as('city_office')
  const { body } = await city.post(`/api/events/${day.eventId}/plans`).send({ policy: 'fill' }).expect(202)
  await app.settled()
  await city.put(`/api/plans/${body.id}/application`).send({}).expect(200)
  await city.put(`/api/events/${day.eventId}/publication`).expect(200)
  await app.settled()
  app.clock.advance({ milliseconds: new Date(onTheDay('13:40')).getTime() - app.clock.now().toMillis() })
  await app.settled()

  const links: Side['links'] = []
  for (const teamId of bureau.teamIds) {
    const { body: page } = await city
      .get(`/api/events/${day.eventId}/participations?teamId=${teamId}&limit=200`)
      .expect(200)
    for (const { id: participationId, assignments } of page.items) {
      const { token } = personalLink(app.context.keys, participationId, 1)
      for (const { id } of assignments)
        links.push({
          url: `/api/c/${token}/assignments/${id}/check-in`,
          undo: `/api/assignments/${id}/check-in?operationId=`,
        })
    }
  }
  const list = await sheet(range(sizes.staying, sizes.listed).map(bureau.row))
  return { app, stop, link, who: bureau.who, list, ...day, laterId: later.eventId, links }
}
