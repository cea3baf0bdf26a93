import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLogProvider } from '#modules/messaging/providers/log.ts'
import type { HandOver, Outgoing } from '#modules/messaging/providers/provider.ts'
import { systemClock } from '#platform/time.ts'

const message = (messageId: string) =>
  ({
    messageId,
    kind: 'notice',
    to: '15400000001',
    locale: 'zh',
    text: '您好',
    template: { values: {} },
  }) as unknown as Outgoing

/** Whatever is asked to be handed over, may be. */
const atOnce: HandOver = { begin: async (ids) => new Set(ids), cut: new Promise(() => {}) }

test('the file of messages is set aside when it is large, a few are kept, and what was written is still known', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-log-'))
  const file = join(folder, 'messages.jsonl')
  const log = createLogProvider({ file, clock: systemClock, bytesMax: 1 })
  for (let n = 1; n <= 7; n++)
    expect(await log.send([message(`m${n}`)], atOnce)).toMatchObject([{ outcome: 'sent' }])
  const idsIn = (name: string) => readFileSync(name, 'utf8').match(/m\d/g)
  expect([file, ...[1, 2, 3, 4].map((n) => `${file}.${n}`)].map(idsIn)).toEqual([
    ['m7'],
    ['m6'],
    ['m5'],
    ['m4'],
    ['m3'],
  ])
  expect(existsSync(`${file}.5`)).toBe(false)
  expect(statSync(`${file}.1`).mode & 0o777).toBe(0o600)
  const looked = await log.lookup?.(['m7', 'm3', 'm1'].map(message) as never)
  expect([...(looked ?? [])]).toEqual([
    ['m7', 'sent'],
    ['m3', 'sent'],
    ['m1', 'absent'],
  ])
  await log.close()
  rmSync(folder, { recursive: true })
})
