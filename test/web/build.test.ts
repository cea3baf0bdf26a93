/** The limit of what is loaded first measures what a browser would load. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { firstLoad, overLimit } from '../../scripts/lib/first-load.ts'

const folder = mkdtempSync(join(tmpdir(), 'muster-build-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, bytes: number) => writeFileSync(join(folder, name), Buffer.alloc(bytes))
mkdirSync(join(folder, 'assets'))
file('assets/office.js', 900_000)
file('assets/office.js.gz', 200_000)
file('assets/office.css', 1_000)
file('assets/shared.js', 30_000)
file('assets/list.js', 5_000)
file('assets/about.js', 70_000)

const manifest = {
  'office.html': { file: 'assets/office.js', css: ['assets/office.css'], imports: ['_shared.js'] },
  '_shared.js': { file: 'assets/shared.js', imports: ['office.html'] },
  'events/list.tsx': { file: 'assets/list.js', imports: ['_shared.js'] },
  'events/about.tsx': { file: 'assets/about.js' },
}

test('what the entry and its first page bring is counted once, compressed where it is, and later pages are not', () => {
  const limit = { entry: 'office.html', pages: ['events/list.tsx'], kbMax: 236 }
  expect(firstLoad(manifest, limit, folder)).toBe(236)
  expect(overLimit([{ ...limit, kb: 236 }])).toEqual([])
  expect(overLimit([{ ...limit, kb: 236.1 }])).toHaveLength(1)
})

test('a part that is no longer called so is said, and not passed over', () => {
  const limit = { entry: 'office.html', pages: ['events/home.tsx'], kbMax: 390 }
  expect(() => firstLoad(manifest, limit, folder)).toThrow('the build has no events/home.tsx')
})
