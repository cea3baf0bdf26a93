/** Who may know whom: the import rules of the house, read off the source files themselves. */
import { globSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const src = resolve(import.meta.dirname, '../src')
const slices =
  'organisation accounts grid events messaging mobilization planning attendance command inspection surveys reports'.split(
    ' ',
  )
const aliases: [string, string][] = [
  ['#platform/', 'platform/'],
  ['#modules/', 'modules/'],
  ['#src/', ''],
]

interface Import {
  from: string
  /** Below src; a package or a part of Node as it is called. */
  to: string
  typeOnly: boolean
}

function importsOf(from: string): Import[] {
  const text = readFileSync(join(src, from), 'utf8')
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)|new URL\('([^']+)', import\.meta\.url\)/g,
  )
  return [...found].map(([, type, named, dynamic, url]) => {
    const path = named ?? dynamic ?? url ?? ''
    const alias = aliases.find(([start]) => path.startsWith(start))
    const to = alias
      ? alias[1] + path.slice(alias[0].length)
      : path.startsWith('.')
        ? relative(src, resolve(src, from, '..', path))
        : path
    return { from, to, typeOnly: type !== undefined }
  })
}

const files = globSync('**/*.ts', { cwd: src })
  .filter((file) => !file.startsWith('web/'))
  .sort()
const imports = files.flatMap(importsOf)
const sliceOf = (path: string) => /^modules\/([^/]+)\//.exec(path)?.[1]
const wrong = (broken: (each: Import) => boolean) =>
  imports.filter(broken).map(({ from, to }) => `${from} → ${to}`)
const filesWith = (pattern: RegExp) =>
  files.filter((file) => pattern.test(readFileSync(join(src, file), 'utf8')))

test('the rules are read off real imports', () => {
  expect(imports).toContainEqual({ from: 'app.ts', to: 'context.ts', typeOnly: true })
  expect(imports.length).toBeGreaterThan(100)
})

test('every slice has its place in the order', () => {
  expect([...new Set(files.map(sliceOf))].filter((slice) => slice && !slices.includes(slice))).toEqual([])
})

test('the platform knows nothing of ours', () => {
  expect(
    wrong(({ from, to }) => from.startsWith('platform/') && /^(modules\/|web\/|[a-z]+\.ts$)/.test(to)),
  ).toEqual([])
})

test('slices look down only', () => {
  expect(
    wrong(({ from, to }) => {
      const [above, below] = [sliceOf(from), sliceOf(to)]
      return above !== undefined && below !== undefined && slices.indexOf(above) < slices.indexOf(below)
    }),
  ).toEqual([])
})

test('another slice is entered by its front door, or by its tables for keys and joins', () => {
  const door = /^modules\/[^/]+\/(index|schema)\.ts$/
  expect(
    wrong(
      ({ from, to }) =>
        sliceOf(from) !== undefined &&
        sliceOf(to) !== undefined &&
        sliceOf(from) !== sliceOf(to) &&
        !door.test(to),
    ),
  ).toEqual([])
})

test('slices know the composition only as types', () => {
  expect(
    wrong(({ from, to, typeOnly }) => sliceOf(from) !== undefined && /^[a-z]+\.ts$/.test(to) && !typeOnly),
  ).toEqual([])
})

test('routes and pages are for app.ts alone, and for the slice they belong to', () => {
  const outer = /^modules\/.+\/(routes|pages)\.ts$/
  expect(
    wrong(({ from, to }) => outer.test(to) && from !== 'app.ts' && sliceOf(from) !== sliceOf(to)),
  ).toEqual([])
})

test('rules do no input or output', () => {
  const pure = /^(luxon|modules\/|platform\/(time|errors|ids)\.ts|node:crypto$)/
  const outward = /\/(schema|queries|routes|pages|jobs)\.ts$/
  expect(
    wrong(
      ({ from, to, typeOnly }) =>
        /\/rules\.ts$/.test(from) && !typeOnly && (!pure.test(to) || outward.test(to)),
    ),
  ).toEqual([])
})

test('the environment is read by config.ts, and by kit.ts for the scheme of the database', () => {
  expect(filesWith(/process\.env/)).toEqual(['config.ts', 'platform/database/kit.ts'])
})

test('slices take time and chance from the context', () => {
  const own = /\bDate\.now\(|\bnew Date\(\)|DateTime\.(now|utc|local)\(\)|Math\.random\(/
  expect(filesWith(own).filter((file) => sliceOf(file) !== undefined)).toEqual([])
})
