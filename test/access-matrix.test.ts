/**
 * Operation × role × where its target stands. What the answer must be follows from the roles and a declared table;
 * nothing is recorded from behaviour. SQLite is asked every cell, PostgreSQL the tenth of them that is drawn.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dialect } from '#platform/database/kit.ts'
import { importers, wrongAfterImport } from '#test/support/access-matrix/imports-by-role.ts'
import { cellsOf, faultIn, isDrawn } from '#test/support/access-matrix/matrix.ts'
import { operationsOf, routesWithoutName } from '#test/support/access-matrix/operations.ts'
import { table } from '#test/support/access-matrix/table.ts'
import { takeBackEverything } from '#test/support/access-matrix/taken-back.ts'
import { type BuiltWorld, buildWorld } from '#test/support/access-matrix/world.ts'
import { grow } from '#test/support/cost/grow.ts'
import { isAsked, openCopies, scanned, tablesScanned } from '#test/support/cost/scans.ts'
import { listenToStatements } from '#test/support/cost/statements.ts'

let built: BuiltWorld
let endListening = () => {}
let committed: () => number

beforeAll(async () => {
  if (dialect === 'sqlite') endListening = listenToStatements()
  built = await buildWorld()
  // What a refusal writes is asked of each request; the trail of refusals is written once a minute.
  built.app.app.refusals.pause()
  committed = takeBackEverything(built.app.db).committed
})
afterAll(() => {
  endListening()
  return built[Symbol.asyncDispose]()
})

test('every operation stands in the table, and nothing else does', () => {
  expect(Object.keys(table).sort()).toEqual([...operationsOf(built.app.app).keys()].sort())
})

test('the table names the access that the route declares', () => {
  const operations = operationsOf(built.app.app)
  const declared = [...operations.values()].map(({ id, access }) => [id, access])
  expect(
    Object.entries(table)
      .map(([id, { access }]) => [id, access])
      .sort(),
  ).toEqual(declared.sort())
})

test('what is not an operation asks for no role', () => {
  const routes = routesWithoutName(built.app.app, operationsOf(built.app.app))
  expect(
    routes.filter(({ access }) => access !== 'public' && access !== 'link' && access !== 'screen'),
  ).toEqual([])
})

describe('asked as everybody, everywhere, only whoever may gets', () => {
  test.each(Object.entries(table))('%s', async (id, rule) => {
    const operation = operationsOf(built.app.app).get(id)
    if (!operation) return
    const faults: string[] = []
    for (const cell of cellsOf(operation, rule)) {
      if (dialect === 'postgresql' && !isDrawn(cell)) continue
      const fault = await faultIn(cell, { built, committed })
      if (fault) faults.push(fault)
    }
    expect(faults).toEqual([])
  })
})

test.each(importers)('an import as $name writes what is within reach, and nothing else', async (standing) => {
  expect(await wrongAfterImport(standing)).toEqual([])
})

describe.runIf(dialect === 'sqlite')(
  'of a city that has grown, no list and no look-up reads a table as a whole',
  () => {
    let closeCopies = () => {}
    beforeAll(async () => {
      await grow(built.app.context.config.databaseUrl, 1, 100)
      await built.app.db.refreshStatistics()
      closeCopies = openCopies(built)
    })
    afterAll(() => closeCopies())

    test('but for those that are named with a reason', async () => {
      const operations = operationsOf(built.app.app)
      const found: Record<string, string> = {}
      for (const [id, rule] of Object.entries(table)) {
        const operation = operations.get(id)
        if (!operation || !isAsked(operation)) continue
        const tables = await tablesScanned(built, operation, rule)
        if (tables.length > 0) found[id] = tables.join(' ')
      }
      // What is named may be read less: some answers are kept in memory.
      const unnamed = Object.entries(found).filter(([id, tables]) => tables !== scanned[id]?.tables)
      expect(Object.fromEntries(unnamed)).toEqual({})
    })
  },
)
