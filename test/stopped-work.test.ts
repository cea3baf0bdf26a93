/** Long work that is told to stop, because its service ends, stops between two steps, and the next worker does it. */
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { imports } from '#modules/imports/schema.ts'
import { planRuns } from '#modules/planning/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aMobilization } from '#test/support/factories/planning.ts'
import { aWorkbook } from '#test/support/factories/spreadsheets.ts'

/** Runs a job as a worker does, and tells it to stop at the next turn of the event loop when asked to. */
async function running(
  { jobs, context }: TestApp,
  kind: string,
  params: object,
  stops = false,
): Promise<'done' | 'stopped'> {
  const stopping = new AbortController()
  const { signal } = stopping
  const run = jobs[kind]?.run(context, params as never, { signal, progressed: async () => {} })
  if (stops) setImmediate(() => stopping.abort(new Error('the worker stops')))
  try {
    await run
    return 'done'
  } catch (error) {
    expect(error).toBe(signal.reason)
    return 'stopped'
  }
}

test('a plan that is told to stop leaves no proposal, and is computed by the next worker', async () => {
  await using app = await startApp({ worker: false })
  const { eventId } = await aMobilization(app, [{ heads: 4 }], [{ min: 1, target: 3, max: 3 }])
  const { id: planId } = (await app.as('city_office').post(`/api/events/${eventId}/plans`).send({})).body
  const state = async () =>
    (await app.db.read.select().from(planRuns).where(eq(planRuns.id, planId)))[0]?.state
  expect(await running(app, 'planning.run', { planId }, true)).toBe('stopped')
  expect(await state()).toBe('running')
  expect(await running(app, 'planning.run', { planId })).toBe('done')
  expect(await state()).toBe('proposed')
})

test('an import that is told to stop is judged by the next worker', async () => {
  await using app = await startApp({ worker: false })
  const file = await aWorkbook([
    ['姓名', '单位'],
    ['王芳', '市教育局'],
  ])
  const { id: importId } = (
    await app.as('city_office').post('/api/imports').attach('files', file.bytes, file.name)
  ).body
  const state = async () =>
    (await app.db.read.select().from(imports).where(eq(imports.id, importId)))[0]?.state
  expect(await running(app, 'imports.judge', { importId }, true)).toBe('stopped')
  expect(await state()).toBe('judging')
  expect(await running(app, 'imports.judge', { importId })).toBe('done')
  expect(await state()).toBe('judged')
})
