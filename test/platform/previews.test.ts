import { expect, test } from 'vitest'
import type { Doing } from '#platform/http/access.ts'
import { type PreviewedAct, performAct, previewAct, type Seen } from '#platform/previews/index.ts'
import { startApp } from '#test/support/app.ts'

const actor = (userId: string) => ({ userId, sessionId: userId, name: '王芳', address: '', grants: [] })

test('what is done is what was seen, once, by whoever saw it', async () => {
  await using app = await startApp({ worker: false, unused: true })
  const at = app.clock.now()
  const things: Record<string, Seen[string]> = { a: { version: 1 }, b: { version: 1 } }
  const done: string[] = []
  const act: PreviewedAct<{ reason: string }, { seen: Seen }> = {
    kind: 'things.end',
    look: async () => ({ seen: { ...things } }),
    async perform(_, { reason }, { seen }) {
      done.push(`${reason}: ${Object.keys(seen)}`)
      return `act ${done.length}`
    },
  }
  const one: Doing = { by: actor('one'), at }
  const asked = { subject: 'event:1', spec: { reason: '雨' }, ...one }
  const preview = () => previewAct(app.db, act, asked)
  const perform = (token: string, more: Partial<Doing & { subject: string }> = {}) =>
    app.db
      .transaction((tx) => performAct(tx, act, { subject: 'event:1', token, ...one, ...more }))
      .catch(({ code, details }) => ({ code, details }))

  const { token, expiresAt } = await preview()
  expect(expiresAt).toEqual(at.plus({ hours: 1 }))
  expect(await perform(token, { by: actor('other') })).toMatchObject({ code: 'preview.missing' })
  expect(await perform(token, { subject: 'event:2' })).toMatchObject({ code: 'preview.missing' })

  things.b = { version: 2 }
  things.c = { version: 1 }
  delete things.a
  expect(await perform(token)).toEqual({
    code: 'preview.outdated',
    details: {
      total: 3,
      differing: [
        { id: 'a', seen: { version: 1 }, now: null },
        { id: 'b', seen: { version: 1 }, now: { version: 2 } },
        { id: 'c', seen: null, now: { version: 1 } },
      ],
    },
  })
  expect(done).toEqual([])

  const { token: second } = await preview()
  expect([await perform(second), await perform(second)]).toEqual(['act 1', 'act 1'])
  expect(done).toEqual(['雨: b,c'])
  const { token: third } = await preview()
  expect(await perform(third, { at: at.plus({ minutes: 60 }) })).toMatchObject({ code: 'preview.expired' })
})
