/**
 * The inspection of a year on the simulated clock, from spreadsheets to what is carried into the next year. The whole year (40
 * rounds, 357 cases, 293 of them with a deadline, 203 closed) is `npm run test:inspection`; otherwise six rounds of it.
 */
import { DateTime } from 'luxon'
import { beforeAll, expect, test } from 'vitest'
import type { SignedIn } from '#test/support/app.ts'
import { aZone } from '#test/support/factories/grid.ts'
import { actFor } from '#test/support/factories/inspection.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { downloading } from '#test/support/factories/spreadsheets.ts'
import { pagesOf } from '#test/support/pdf.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { type Calendar, type Played, playInspection } from '../../../scripts/day/inspection/play.ts'
import type { Caller, Size, World } from '../../../scripts/day/inspection/world.ts'

const whole = process.env.INSPECTION_WHOLE !== undefined
const size: Size = whole
  ? { rounds: 40, visits: 9, perClass: 12, cases: 357, dated: 293, closed: 203 }
  : { rounds: 6, visits: 9, perClass: 12, cases: 53, dated: 43, closed: 30 }
const first = DateTime.fromISO(whole ? '2026-01-05' : '2026-05-02', { zone: 'utc' })
const calendar: Calendar = {
  days: Array.from({ length: size.rounds }, (_, n) => first.plus({ days: 9 * n }).toISODate()!),
  month: '2026-05',
  rankAt: '2026-06-01T09:00:00+08:00',
  finishAt: '2026-06-05T09:00:00+08:00',
  end: whole ? '2026-12-30T09:00:00+08:00' : '2026-06-24T09:00:00+08:00',
}
const rate = (part: number, of: number) => ((100 * part) / of).toFixed(2)

const app = sharedApp({ at: `${first.toISODate()}T08:00:00+08:00`, unused: true })
let world: World
let office: SignedIn
const liaisons = new Map<string, SignedIn>()
let played: Played

const caller = (who: SignedIn): Caller => ({
  async get(path) {
    return (await app.as(who).get(path).expect(200)).body
  },
  async post(path, body = {}) {
    const { body: answer, status } = await app
      .as(who)
      .post(path)
      .send(body as object)
    expect([path, status < 300, status < 300 || answer]).toEqual([path, true, true])
    return answer
  },
  async put(path, body = {}, ifMatch = '*') {
    const asked = app.as(who).put(path)
    if (ifMatch !== '*') asked.set('if-match', ifMatch)
    const { body: answer, status } = await asked.send(body as object)
    expect([path, status < 300, status < 300 || answer]).toEqual([path, true, true])
    return answer
  },
  async upload(path, files) {
    const asked = app.as(who).post(path)
    for (const { name, bytes } of files) asked.attach('files', bytes, { filename: name })
    return asked.expect(202)
  },
})

beforeAll(async () => {
  const issuer = await aUnit(app.db, { name: '市文明办', districtCode: null })
  const sending = await aUnit(app.db, { name: '市委督查室', districtCode: null })
  office = await app.signIn({ role: 'city_office' })
  const referee = await app.signIn({ role: 'city_office' })
  const inspector = await app.signIn({ role: 'inspector' })
  await actFor(app, office, issuer.id, 'system_administrator')
  await actFor(app, referee, issuer.id, 'system_administrator')
  await actFor(app, inspector, sending.id)
  const districts = []
  for (const [code, name] of [
    ['210502', '平山区'],
    ['210503', '溪湖区'],
  ] as const) {
    await aZone(app.db, { kind: 'district', code, districtCode: code, name })
    const names = ['住建局', '城管局', '市监局'].map((bureau) => `${name}${bureau}`)
    const unitIds: string[] = []
    for (const unit of names) {
      const { id } = await aUnit(app.db, { name: unit, districtCode: code })
      unitIds.push(id)
      liaisons.set(unit, await app.signIn({ role: 'unit_administrator', unitId: id }))
    }
    districts.push({ code, zoneCode: code, units: names, unitIds })
  }
  world = {
    issuer: { id: issuer.id, name: '市文明办' },
    districts,
    inspectorId: inspector.userId,
    office: async () => caller(office),
    referee: async () => caller(referee),
    inspector: async () => caller(inspector),
    liaison: async (unit) => caller(liaisons.get(unit)!),
    async moveTo(time) {
      const { seconds } = DateTime.fromISO(time).diff(app.clock.now(), 'seconds')
      if (seconds > 0) await app.advance({ seconds: Math.ceil(seconds) })
    },
    async until(ask, done) {
      for (let tried = 0; ; tried += 1) {
        const value = await ask()
        if (done(value)) return value
        if (tried > 20) throw new Error(`it never came to be: ${JSON.stringify(value)}`)
        await app.settled()
      }
    },
  }
  played = await playInspection(world, size, calendar)
}, 900_000)

const read = async (path: string, who = office) => (await app.as(who).get(path).expect(200)).body

test('every rate divides what it says: the rectification rate is closed by dated, and closed by all is printed nowhere', async () => {
  await world.moveTo(calendar.end)
  const { figures, rates } = played.cases.total
  expect(figures).toMatchObject({
    ...{ issued: size.cases, closed: size.closed, open: size.cases - size.closed, cancelled: 0 },
    ...{ dated: size.dated, closedDated: size.closed },
  })
  const right = rate(size.closed, size.dated)
  if (whole) expect(right).toBe('69.28')
  expect(rates.rectified).toEqual({ part: size.closed, whole: size.dated, percent: right })
  expect(played.rounds).toHaveLength(size.rounds)

  const wrong = rate(size.closed, size.cases)
  if (whole) expect(wrong).toBe('56.86')
  const printed = [
    ...['unit', 'district', 'standard', 'round'].map((by) => `/api/case-figures?by=${by}`),
    `/api/task-figures?by=unit&bookKind=rectification`,
    `/api/rankings/${played.ranking.id}`,
    `/api/books/${played.noticeId}`,
  ]
  for (const path of printed) expect([path, JSON.stringify(await read(path))]).not.toContain(wrong)
  const files = [
    `/api/books/${played.noticeId}/document?format=pdf&lang=zh`,
    `/api/rankings/${played.ranking.id}/document?format=pdf&paper=notice&lang=zh`,
    ...played.rounds.slice(0, whole ? 3 : 1).map(({ id }) => `/api/rounds/${id}/bulletin?format=pdf&lang=zh`),
  ]
  for (const path of files) {
    const { body } = await downloading(app, path, { who: office }).expect(200)
    const text = (await pagesOf(body)).map((page) => page.text.replaceAll('\n', '')).join('')
    expect(text).not.toContain(wrong)
    if (path.includes(played.noticeId))
      expect(text).toContain(`整改率${right}%（${size.closed}/${size.dated}）`)
    else expect(text).toMatch(/整改率\d+\.\d\d%（\d+\/\d+）/)
  }
  for (const format of ['docx', 'xlsx'])
    for (const path of files)
      await downloading(app, path.replace('format=pdf', `format=${format}`), { who: office }).expect(200)
})

test('what is not finished stands in the year plan of its unit, keeps its state, and the plan stays open with it', async () => {
  const open = size.cases - size.closed
  expect(played.plans.reduce((sum, { carried }) => sum + carried, 0)).toBe(open)
  if (whole) expect(open).toBe(154)
  let [dated, undated] = [0, 0]
  for (const { unit, bookId, carried } of played.plans) {
    const { funnel } = await read(`/api/books/${bookId}`)
    expect([unit, funnel.tasks]).toEqual([unit, carried])
  }
  for (let cursor = ''; ; ) {
    const page = await read(`/api/cases?limit=200${cursor}`)
    for (const { taskState, dueAt } of page.items) {
      if (taskState === 'closed') continue
      expect(taskState).toBe('issued')
      if (dueAt === null) undated += 1
      else dated += 1
    }
    if (!page.nextCursor) break
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`
  }
  expect([dated, undated]).toEqual([size.dated - size.closed, size.cases - size.dated])
  if (whole) expect([dated, undated]).toEqual([90, 64])
})

test('the ranking of the month is final, counts its rounds alone, and one appeal changed one visit', async () => {
  const { ranking } = played
  const ofMonth = calendar.days.filter((day) => day.startsWith('2026-05')).length
  expect(ranking).toMatchObject({
    ...{ state: 'final', visits: ofMonth * size.visits },
    appeals: { open: 0, granted: 1, refused: 0 },
  })
  expect(ranking.lines.map(({ name }: { name: string }) => name).sort()).toEqual(['平山区', '溪湖区'])
  let rescored = 0
  for (const { id } of ranking.lines) {
    const { items } = await read(`/api/rankings/${ranking.id}/lines/${id}/visits?limit=200`)
    rescored += items.filter(({ rescoredAt }: { rescoredAt: string | null }) => rescoredAt !== null).length
  }
  expect(rescored).toBe(1)
})
