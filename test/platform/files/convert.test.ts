import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readWorkbook, writeWorkbook } from '#platform/files/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'muster-convert-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

const old = Buffer.concat([
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
  Buffer.alloc(504),
  Buffer.from('Workbook', 'utf16le'),
])

/** A program that stands where LibreOffice does: takes the same arguments and does `script`. */
function converter(name: string, script: string): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

/** The folders of conversions in memory: other tests keep things there as well. */
const converting = () => readdirSync('/dev/shm').filter((name) => name.startsWith('muster-convert-'))

test('an old workbook is converted where a converter is configured, and nothing of it is left behind', async () => {
  const made = join(folder, 'made.xlsx')
  writeFileSync(made, await writeWorkbook([{ name: '名单', rows: [['姓名'], ['张三']] }]))
  const before = converting()
  const soffice = converter('works', `mkdir -p "$2" && cp ${made} "$2/list.xlsx"`)
  const { sheets } = await readWorkbook(old, { soffice })
  expect(sheets[0]?.rows[1]?.cells).toEqual(['张三'])
  expect(converting()).toEqual(before)
})

test.each([
  ['without a converter', undefined, 'file.needs_conversion'],
  ['with one that is not there', '/nowhere/soffice', 'file.converter_missing'],
  ['with one that fails', 'fails', 'file.corrupt'],
  ['with one that makes nothing', 'idles', 'file.not_a_spreadsheet'],
])('%s an old workbook is refused, saying what to do', async (_, soffice, code) => {
  const scripts: Record<string, string> = { fails: 'exit 1', idles: 'exit 0' }
  const path = soffice && scripts[soffice] ? converter(soffice, scripts[soffice]) : soffice
  await expect(readWorkbook(old, { soffice: path })).rejects.toMatchObject({ code })
})

test('a web page under the name of a workbook is converted too', async () => {
  const page = Buffer.from('<html><table><tr><td>姓名</td></tr></table></html>')
  await expect(readWorkbook(page)).rejects.toMatchObject({ code: 'file.needs_conversion' })
})

const canIsolate = spawnSync('unshare', ['--net', '--map-root-user', 'true']).status === 0

test.runIf(canIsolate)('the converter reaches nobody, whatever the file links to', async () => {
  let asked = 0
  const server = createServer((_, response) => void response.end(String(++asked))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const asking = `require('http').get('http://127.0.0.1:${port}').on('error', () => process.exit(3))`
  const script = `"${process.execPath}" -e "${asking}"; [ $? = 3 ] || exit 1`
  const soffice = converter('asks', script)
  // It asked, was answered by nobody, and made nothing.
  await expect(readWorkbook(old, { soffice })).rejects.toMatchObject({ code: 'file.not_a_spreadsheet' })
  expect(asked).toBe(0)
  server.close()
})
