/** Whatever is done to the process that reads files, the service lives, and the next file is read. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { elsewhere } from '#platform/files/elsewhere.ts'
import { FileProcess } from '#platform/files/file-process.ts'
import { readWorkbook } from '#platform/files/index.ts'

const work = new URL('../../../src/platform/files/work.ts', import.meta.url).href

/** A module that offers this work, given as its text. */
const offering = (text: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { offerWork } from '${work}'\nofferWork(async (input, tell) => { ${text} })`)}`,
  )

const run = (text: string, maxMs = 60_000) =>
  elsewhere<null, unknown, unknown>(offering(text), null, { maxMs })

const tooMuch = { code: 'file.too_large', details: { what: 'heapMb', max: 256 } }
const isRead = async () => (await readWorkbook(Buffer.from('姓名\n王芳\n'))).sheets[0]?.rows.length

describe('a file is read in a process of its own', () => {
  test('which is ended when it holds too much memory outside of the heap', async () => {
    const hoard =
      'const all = []; for (let at = 0; at < 40; at++) all.push(new Uint8Array(5e7).fill(1)); return all.length'
    await expect(run(hoard)).rejects.toMatchObject(tooMuch)
    expect(await isRead()).toBe(2)
  })

  test('which is ended when its heap overflows', async () => {
    await expect(run('const all = []; for (;;) all.push({ all: [Math.random()] })')).rejects.toMatchObject(
      tooMuch,
    )
    expect(await isRead()).toBe(2)
  })

  test('which is ended when it takes too long, though it never lets go', async () => {
    await expect(run('for (;;);', 300)).rejects.toMatchObject({ details: { what: 'readMs' } })
    expect(await isRead()).toBe(2)
  })

  test('which is not ended for what others do with the processor', async () => {
    expect(await run('await new Promise((done) => setTimeout(done, 600)); return 1', 300)).toBe(1)
  })

  test('which is ended when it waits for ever', async () => {
    const never = run('return new Promise(() => setInterval(() => {}, 1000))', 100)
    await expect(never).rejects.toMatchObject({ details: { what: 'readMs' } })
  })

  test('and whose end by somebody else refuses the file, and no other', async () => {
    const gone = run('process.kill(process.pid, "SIGKILL"); return new Promise(() => {})')
    const other = isRead()
    await expect(gone).rejects.toMatchObject(tooMuch)
    expect(await other).toBe(2)
  })

  test('and the next file is read by the same process', async () => {
    const pid = () => run('return process.pid')
    const first = await pid()
    expect([await pid(), await isRead(), await pid()]).toEqual([first, 2, first])
    expect(first).not.toBe(process.pid)
  })

  test('a file that is refused does not cost its process', async () => {
    const pid = () => run('return process.pid')
    const first = await pid()
    await expect(readWorkbook(Buffer.alloc(600))).rejects.toMatchObject({ code: /^file\./ })
    expect(await pid()).toBe(first)
  })
})

test.runIf(existsSync('/proc/self/oom_score_adj'))(
  'where memory is short, the process that reads files goes before the service',
  async () => {
    const done = Promise.withResolvers<unknown>()
    const own = new FileProcess()
    own.begin(
      { url: offering('return 1').href, input: null },
      { heard: done.resolve, ended: () => done.reject(new Error('it ended')) },
    )
    expect(await done.promise).toEqual({ result: 1 })
    expect(readFileSync(`/proc/${own.pid}/oom_score_adj`, 'utf8').trim()).toBe('1000')
    own.kill()
  },
)
