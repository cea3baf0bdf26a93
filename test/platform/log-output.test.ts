/** The log as another process reads it: all of it, nothing of it, or not to the end. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { countDroppedLines } from '#platform/http/metrics.ts'

const logger = resolve(import.meta.dirname, '../../src/platform/logger.ts')

/** A process that logs `lines` lines, says over its own channel that it is through, and ends when told. */
function logging(lines: number, length = 100): ChildProcess {
  const script = `
    const { createLogger } = await import(${JSON.stringify(logger)})
    const log = createLogger('info')
    for (let at = 0; at < ${lines}; at++) log.info({ at, what: 'x'.repeat(${length}) }, 'line')
    process.send('logged')
    process.on('message', () => process.disconnect())`
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
}

interface Line {
  msg: string
  at: number
  lines: number
}

function linesOf(text: string): Line[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

test('every line arrives in order and whole', async () => {
  const child = logging(20_000)
  let text = ''
  child.stdout?.on('data', (chunk) => (text += chunk))
  await once(child, 'message')
  child.send('end')
  const [code] = await once(child, 'close')
  expect(code).toBe(0)
  expect(linesOf(text).map(({ at }) => at)).toEqual(Array.from({ length: 20_000 }, (_, at) => at))
})

test('a reader that does not read holds up nobody, and reads afterwards how many lines it lost', async () => {
  // 30,000 lines are some 14 MB; a pipe holds 64 KB. Nothing is read until all of them are logged.
  const child = logging(30_000, 400)
  await once(child, 'message')
  let text = ''
  child.stdout?.on('data', (chunk) => (text += chunk))
  while (!text.includes('log lines dropped')) await new Promise((later) => setTimeout(later, 20))
  child.send('end')
  const [code] = await once(child, 'close')
  expect(code).toBe(0)
  const lines = linesOf(text)
  const kept = lines.filter(({ msg }) => msg === 'line')
  const lost = lines.filter(({ msg }) => msg === 'log lines dropped')
  expect(kept.map(({ at }) => at)).toEqual(Array.from({ length: kept.length }, (_, at) => at))
  expect(kept.length + lost.reduce((sum, each) => sum + each.lines, 0)).toBe(30_000)
})

test('the metrics say how many lines were dropped', async () => {
  const registry = new Registry()
  let dropped = 7
  countDroppedLines(registry, () => dropped)
  expect(await registry.metrics()).toContain('muster_log_lines_dropped_total 7')
  dropped = 9
  expect(await registry.metrics()).toContain('muster_log_lines_dropped_total 9')
})

test('a process whose reader has gone, or never reads, ends all the same', async () => {
  for (const reader of ['gone', 'stalled']) {
    const child = logging(20_000)
    if (reader === 'gone') child.stdout?.destroy()
    await once(child, 'message')
    child.send('end')
    const [code] = await once(child, 'exit')
    expect(code).toBe(0)
    child.stdout?.destroy()
  }
})
