/** A commit is written in slices; a register that meddles shows what becomes of it when something comes between. */
import { asc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SheetRegister, Slice } from '#modules/imports/index.ts'
import { thingsAtOnce } from '#modules/imports/judge/register.ts'
import { importChanges, imports } from '#modules/imports/schema.ts'
import { memberships, personSkills, persons } from '#modules/organisation/schema.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aWorkbook, committing, importing, importOf } from '#test/support/factories/spreadsheets.ts'

/** What comes between: when the rows are judged for the commit, and after all people are written. */
const between: {
  undone?: (() => Promise<unknown>) | undefined
  judged?: (() => Promise<unknown>) | undefined
  slices: Slice[]
} = { slices: [] }

const meddler: SheetRegister<null> = {
  name: 'meddler',
  permission: 'units.edit',
  lists: [],
  adds: () => 0,
  async judge() {
    await between.judged?.()
    return null
  },
  *commit() {
    yield* between.slices
  },
  async assertUndo() {},
  async undo() {
    await between.undone?.()
  },
}

let app: TestApp
let team: { id: string }

beforeAll(async () => {
  app = await startApp({ registers: [meddler as SheetRegister] })
  const unit = await aUnit(app.db, { name: '市教育局' })
  team = await aTeam(app.db, { unitId: unit.id, name: '一队' })
})

afterAll(() => app[Symbol.asyncDispose]())

beforeEach(() => {
  between.judged = undefined
  between.undone = undefined
  between.slices = []
})

let listed = 0

/** A list of some people nobody else has, with their names. */
async function aList(count: number) {
  const names = Array.from({ length: count }, () => `新${String.fromCharCode(0x4e00 + listed++)}`)
  const rows = names.map((name) => [name, '市教育局', '一队'])
  const file = await aWorkbook([['姓名', '单位', '队伍'], ...rows])
  return { names, judged: await importing(app, [file]) }
}

const named = async () =>
  (await app.db.read.select({ name: persons.name }).from(persons).orderBy(asc(persons.id))).map(
    ({ name }) => name,
  )

const lotsOf = (importId: string) =>
  app.db.read
    .select({ ordinal: importChanges.ordinal })
    .from(importChanges)
    .where(eq(importChanges.importId, importId))

test('a list is written in slices, each with what it changed', async () => {
  const { names, judged } = await aList(thingsAtOnce + 30)
  expect((await committing(app, judged.id)).state).toBe('committed')
  expect(await named()).toEqual(expect.arrayContaining(names))
  expect((await lotsOf(judged.id)).map(({ ordinal }) => ordinal).sort()).toEqual([0, 1])
  const undone = await app.as('city_office').delete(`/api/imports/${judged.id}/commit`)
  expect(undone.body.state).toBe('undone')
  expect((await named()).filter((name) => names.includes(name))).toEqual([])
})

test('when a slice fails, all slices before it are taken back, and the import says why', async () => {
  const { judged } = await aList(120)
  const before = await named()
  const taken = new DomainError('conflict', 'team.exists', 'The unit has an open team of this name.', {})
  between.slices = [() => Promise.reject(taken)]
  expect(await committing(app, judged.id)).toMatchObject({
    state: 'judged',
    failure: { code: 'team.exists' },
  })
  expect([await named(), await lotsOf(judged.id)]).toEqual([before, []])
  between.slices = []
  expect((await committing(app, judged.id)).state).toBe('committed')
})

test('an interrupted commit takes back what it wrote and begins again', async () => {
  const { names, judged } = await aList(3)
  let interruptions = 0
  const interrupting: Slice = async () => {
    if (interruptions++ > 0) return []
    throw new DomainError('unavailable', 'database.unavailable', 'The database could not write.')
  }
  between.slices = [interrupting]
  expect((await committing(app, judged.id)).state).toBe('committing')
  expect((await named()).filter((name) => names.includes(name))).toEqual(names)
  await app.advance({ minutes: 5 })
  expect((await named()).filter((name) => names.includes(name))).toEqual(names)
  expect((await app.as('city_office').get(`/api/imports/${judged.id}`)).body.state).toBe('committed')
  expect(interruptions).toBe(2)
})

test('an attempt that another one has overtaken writes nothing more, and takes nothing back', async () => {
  const { names, judged } = await aList(2)
  const overtaking: Slice = async (tx) => {
    const mine = eq(imports.id, judged.id)
    await tx
      .update(imports)
      .set({ version: sql`${imports.version} + 1` })
      .where(mine)
    return []
  }
  let later = 0
  between.slices = [overtaking, async () => [[later++]]]
  expect(await committing(app, judged.id)).toMatchObject({ state: 'committing', failure: null })
  expect([later, (await named()).filter((name) => names.includes(name))]).toEqual([0, names])
  between.slices = []
  await app.advance({ minutes: 5 })
  expect((await importOf(app, judged.id)).state).toBe('committed')
  expect((await named()).filter((name) => names.includes(name))).toEqual(names)
})

test('somebody of the list who is added by others meanwhile outdates the preview', async () => {
  const { names, judged } = await aList(2)
  between.judged = async () => {
    between.judged = undefined
    await aPerson(app, { name: names[1] as string, teamId: team.id })
  }
  const after = await committing(app, judged.id)
  expect(after).toMatchObject({ state: 'judged', failure: { code: 'import.outdated' } })
  expect((await named()).filter((name) => names.includes(name))).toEqual([names[1]])
  expect(await lotsOf(judged.id)).toEqual([])
})

test('somebody of the list who is edited meanwhile outdates the preview; others do not', async () => {
  const known = await aPerson(app, { name: '何静', teamId: team.id })
  const stranger = await aPerson(app, { name: '陌生人' })
  const file = await aWorkbook([
    ['姓名', '单位', '队伍', '特长'],
    ['何静', '市教育局', '一队', '急救'],
  ])
  const judged = await importing(app, [file])
  const edit = async (id: string) => {
    const view = await app.as('city_office').get(`/api/persons/${id}`)
    const answer = await app
      .as('city_office')
      .patch(`/api/persons/${id}`)
      .set('If-Match', view.headers.etag as string)
      .send({ residence: `望溪公园${id.slice(-4)}` })
    expect(answer.status).toBe(200)
  }
  between.judged = async () => {
    between.judged = undefined
    await edit(known.id)
  }
  expect(await committing(app, judged.id)).toMatchObject({
    state: 'judged',
    failure: { code: 'import.outdated' },
  })
  const skills = () =>
    app.db.read
      .select({ skill: personSkills.skill })
      .from(personSkills)
      .where(eq(personSkills.personId, known.id))
  expect(await skills()).toEqual([])
  between.judged = async () => {
    between.judged = undefined
    await edit(stranger.id)
    await aPerson(app, { name: '又一人' })
  }
  expect((await committing(app, judged.id)).state).toBe('committed')
  expect(await skills()).toEqual([{ skill: '急救' }])
})

test('what others built on stays, and the import says so', async () => {
  const { names, judged } = await aList(2)
  const elsewhere = await aTeam(app.db, { name: '二队' })
  const joining: Slice = async (tx) => {
    const [person] = await tx
      .select()
      .from(persons)
      .where(eq(persons.name, names[0] as string))
    const joined = { personId: person!.id, teamId: elsewhere.id, role: 'member' as const }
    await tx.insert(memberships).values({ id: newId(), ...joined, joinedAt: app.clock.now() })
    return []
  }
  const failing: Slice = () => Promise.reject(new Error('a bug'))
  between.slices = [joining, failing]
  const after = await committing(app, judged.id)
  const because = { code: 'import.partly_written', details: { because: 'changes.in_use' } }
  expect(after).toMatchObject({ state: 'committed', failure: because })
  expect((await named()).filter((name) => names.includes(name))).toEqual(names)
  await app.db.transaction((tx) => tx.delete(memberships).where(eq(memberships.teamId, elsewhere.id)))
  const undone = await app.as('city_office').delete(`/api/imports/${judged.id}/commit`)
  expect(undone.body).toMatchObject({ state: 'undone', failure: null })
  expect((await named()).filter((name) => names.includes(name))).toEqual([])
})

test('an undo that finds something in use after it looked leaves the rest, and can be asked for again', async () => {
  const { names, judged } = await aList(2)
  between.slices = [async () => [{ of: 'meddler' }]]
  expect((await committing(app, judged.id)).state).toBe('committed')
  between.undone = () => Promise.reject(new DomainError('conflict', 'changes.in_use', 'It is in use.'))
  const undo = () => app.as('city_office').delete(`/api/imports/${judged.id}/commit`)
  expect((await undo()).body.code).toBe('changes.in_use')
  const after = await importOf(app, judged.id)
  const failure = { code: 'import.partly_undone', details: { because: 'changes.in_use' } }
  expect(after).toMatchObject({ state: 'committed', failure, undoneAt: null })
  between.undone = undefined
  expect((await undo()).body).toMatchObject({ state: 'undone', failure: null })
  expect((await named()).filter((name) => names.includes(name))).toEqual([])
})

test('an undo whose process ended is taken up again', async () => {
  const { names, judged } = await aList(2)
  await committing(app, judged.id)
  await app.db.transaction(async (tx) => {
    const undoing = { state: 'undoing' as const, undoneBy: 'somebody', undoneAt: app.clock.now() }
    await tx.update(imports).set(undoing).where(eq(imports.id, judged.id))
    await tx
      .update(imports)
      .set({ createdAt: app.clock.now().minus({ days: 200 }) })
      .where(eq(imports.id, judged.id))
    await enqueue(tx, 'imports.forget', {})
  })
  await app.settled()
  // However old: what knows how to take it back is not forgotten before it is.
  expect((await importOf(app, judged.id)).state).toBe('undoing')
  await app.db.transaction((tx) => enqueue(tx, 'imports.undo', { importId: judged.id }))
  await app.settled()
  expect((await importOf(app, judged.id)).state).toBe('undone')
  expect((await named()).filter((name) => names.includes(name))).toEqual([])
})
