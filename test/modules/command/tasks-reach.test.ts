/** Who gives tasks to whom, and who is another than whoever reported: by reach, by line and by human. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { users } from '#modules/accounts/schema.ts'
import { moveKinds } from '#modules/command/words.ts'
import { units } from '#modules/organisation/schema.ts'
import { newId } from '#platform/ids.ts'
import { type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'

/** Whoever reads a task may say something; what was done is taken back by whoever did it. */
const everybodys = ['comment', 'revoke']

let app: TestApp
let root: { id: string }
/** In one district the office that issues, the unit that owes and one beside it; another in the next district. */
let [issuer, owing, beside, far]: { id: string }[] = []
let district: SignedIn
let liaison: SignedIn

// Monday 2 March 2026, 9:00.
beforeAll(async () => {
  app = await startApp({ at: '2026-03-02T09:00:00+08:00', worker: false })
  root = await aUnit(app.db, { name: '市委市政府', districtCode: null })
  const inDistrict = (name: string, districtCode: string) =>
    aUnit(app.db, { name, parentId: root.id, districtCode })
  issuer = await inDistrict('平山区文明办', '210502')
  owing = await inDistrict('平山区房产局', '210502')
  beside = await inDistrict('平山区城管局', '210502')
  far = await inDistrict('明山区城管局', '210504')
  district = await app.signIn({ role: 'district_office', districtCode: '210502' })
  liaison = await app.signIn({ role: 'unit_administrator', unitId: owing.id })
  await actFor(district, issuer.id)
})
afterAll(() => app[Symbol.asyncDispose]())

const actFor = ({ userId }: SignedIn, unitId: string) =>
  app.db.transaction((tx) => tx.update(users).set({ unitId }).where(eq(users.id, userId)))
const isPerson = ({ userId }: SignedIn, personId: string) =>
  app.db.transaction((tx) => tx.update(users).set({ personId }).where(eq(users.id, userId)))

/** A published book of one task. */
async function aTask(by: SignedIn | 'city_office', issuerUnitId: string, unitId: string) {
  const books = app.as(by)
  const stated = { kind: 'checklist', title: '达标清单', issuerUnitId }
  const { body: book } = await books.post('/api/books').send(stated).expect(201)
  const taskId = await draftIn(by, book.id, '1', unitId)
  await books.put(`/api/books/${book.id}/publication`).set('if-match', '"v1"').expect(200)
  return { bookId: book.id as string, taskId }
}

async function draftIn(by: SignedIn | 'city_office', bookId: string, outline: string, unitId: string) {
  const task = { kind: 'item', outline, text: '清理楼道', unitId, dueKind: 'dated', dueClass: 'workdays:3' }
  const { body } = await app.as(by).post(`/api/books/${bookId}/tasks`).send(task).expect(201)
  return body.id as string
}

async function moved(who: SignedIn | 'city_office', taskId: string, kind: string, more: object = {}) {
  const { status, body } = await app
    .as(who)
    .post(`/api/tasks/${taskId}/moves`)
    .send({ id: newId(), kind, ...more })
  return status === 201 ? body.unit.id : `${status} ${body.code}`
}

test('a task goes to no unit out of reach, whether it is issued, issued anew or opened again', async () => {
  const { bookId, taskId } = await aTask(district, issuer!.id, owing!.id)
  const reason = '不属本单位职责'
  // Whoever returns it may say whose it is, wherever that stands.
  expect(await moved(liaison, taskId, 'return', { reason, unitId: far!.id })).toBe(owing!.id)
  expect(await moved(district, taskId, 'reissue', { unitId: far!.id })).toBe('404 unit.missing')
  expect(await moved(district, taskId, 'reissue', { unitId: newId() })).toBe('404 unit.missing')
  expect(await moved(district, taskId, 'reissue', { unitId: owing!.id })).toBe(owing!.id)
  // Of a unit that a move is not about nothing is told, not its name either.
  const said = { id: newId(), kind: 'comment', reason: '已到现场', unitId: far!.id }
  const { body } = await app.as(liaison).post(`/api/tasks/${taskId}/moves`).send(said).expect(201)
  expect([body.moves.at(-1).kind, body.moves.at(-1).unit]).toEqual(['comment', null])

  expect(await moved(liaison, taskId, 'report')).toBe(owing!.id)
  expect(await moved(district, taskId, 'pass')).toBe(owing!.id)
  const again = { reason: '复查不合格' }
  expect(await moved(district, taskId, 'reopen', { ...again, unitId: far!.id })).toBe('404 unit.missing')
  expect(await moved(district, taskId, 'reopen', { ...again, unitId: beside!.id })).toBe(beside!.id)

  const draft = await draftIn(district, bookId, '2', owing!.id)
  expect(await moved(district, draft, 'issue', { unitId: far!.id })).toBe('404 unit.missing')
  const { id: closed } = await aUnit(app.db, { parentId: owing!.id, districtCode: '210502' })
  await app.db.transaction((tx) =>
    tx.update(units).set({ closedAt: app.clock.now() }).where(eq(units.id, closed)),
  )
  expect(await moved('city_office', draft, 'issue', { unitId: closed })).toBe('404 unit.missing')
  expect(await moved(district, draft, 'issue', { unitId: beside!.id })).toBe(beside!.id)
})

test('each move is made by whoever has its part, and nobody else who sees the task', async () => {
  const { bookId } = await aTask('city_office', issuer!.id, owing!.id)
  const { body: task } = await app
    .as('city_office')
    .post(`/api/books/${bookId}/tasks`)
    .send({
      ...{ kind: 'item', outline: '2', text: '清理楼道', unitId: owing!.id, supportingUnitIds: [beside!.id] },
      ...{ dueKind: 'dated', dueClass: 'workdays:3' },
    })
    .expect(201)
  const office = await app.signIn({ role: 'city_office' })
  await moved(office, task.id, 'issue')
  const supporter = await app.signIn({ role: 'unit_administrator', unitId: beside!.id })
  const checker = await app.signIn({ role: 'task_officer', unitId: issuer!.id })
  const counsellor = await app.signIn({ role: 'counsellor', unitId: owing!.id })
  const leader = await app.signIn({ role: 'responsible_leader', unitId: owing!.id })
  const all = { liaison, district, supporter, checker, counsellor, leader, office }
  type Who = keyof typeof all
  const has: Record<string, Who[]> = {
    accept: ['liaison', 'district', 'office'],
    uphold: ['district', 'office'],
    pass: ['checker', 'district', 'office'],
    suspend: ['office'],
    explain: ['counsellor'],
    escalate: [],
  }
  const alike: Record<string, string> = {
    ...{ return: 'accept', progress: 'accept', report: 'accept', dispute: 'accept' },
    ...{ ask_extension: 'accept', ask_suspension: 'accept', issue: 'uphold', reissue: 'uphold' },
    ...{ reopen: 'uphold', grant_extension: 'uphold', refuse_extension: 'uphold', carry: 'uphold' },
    ...{ cancel: 'uphold', fail: 'pass', refuse_suspension: 'suspend', resume: 'suspend' },
    ...{ settle: 'escalate', uphold_dispute: 'pass', refuse_dispute: 'pass', annul: 'pass' },
  }
  const kinds = [...Object.keys(has), ...Object.keys(alike)]
  expect(kinds.sort()).toEqual(
    Object.keys(moveKinds)
      .filter((kind) => !everybodys.includes(kind))
      .sort(),
  )
  const wrong: string[] = []
  for (const kind of kinds)
    for (const [name, who] of Object.entries(all)) {
      if (has[alike[kind] ?? kind]!.includes(name as Who)) continue
      const answer = await moved(who, task.id, kind, { reason: '不该由其办理' })
      if (answer !== '403 move.not_yours') wrong.push(`${kind} by ${name}: ${answer}`)
    }
  expect(wrong).toEqual([])
  const seen = await app.as(office).get(`/api/tasks/${task.id}`).expect(200)
  expect(seen.body.moves).toHaveLength(1)
})

test('nobody signs off what they reported, by whichever of their records and accounts', async () => {
  const { taskId } = await aTask('city_office', issuer!.id, owing!.id)
  const checker = await app.signIn({ role: 'task_officer', unitId: issuer!.id })
  const { id: atHome } = await aPerson(app, { teamId: (await aTeam(app.db, { unitId: owing!.id })).id })
  const { id: atOffice } = await aPerson(app, { teamId: (await aTeam(app.db, { unitId: issuer!.id })).id })
  await isPerson(liaison, atHome)
  await isPerson(checker, atOffice)
  const oneHuman = `/api/persons/${atHome}/other-records/${atOffice}`
  await app.as('city_office').put(oneHuman).expect(200)
  expect(await moved(liaison, taskId, 'report')).toBe(owing!.id)
  expect(await moved(checker, taskId, 'pass')).toBe('403 move.own_work')
  await app.as('city_office').delete(oneHuman).expect(200)
  expect(await moved(checker, taskId, 'pass')).toBe(owing!.id)
})

test('whoever reports for a unit signs nothing of its line off, whatever unit their account names', async () => {
  const bureau = await aUnit(app.db, { name: '市住建局', parentId: root.id })
  const [branch, station] = [
    await aUnit(app.db, { name: '平山区住建分局', parentId: bureau.id }),
    await aUnit(app.db, { name: '住建监察站', parentId: bureau.id }),
  ]
  const { taskId } = await aTask('city_office', station.id, branch.id)
  const reporter = await app.signIn({ role: 'unit_administrator', unitId: branch.id })
  expect(await moved(reporter, taskId, 'report')).toBe(branch.id)
  const above = await app.signIn({ role: 'unit_administrator', unitId: bureau.id })
  await actFor(above, station.id)
  expect(await moved(above, taskId, 'pass')).toBe('403 move.same_line')
  const inspector = await app.signIn({ role: 'task_officer', unitId: station.id })
  expect(await moved(inspector, taskId, 'pass')).toBe(branch.id)
})
