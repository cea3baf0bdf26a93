/** Who may know whom: the import rules of the house, read off the source files themselves. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const src = resolve(import.meta.dirname, '../src')
const slices =
  'organisation accounts grid imports events messaging onboarding mobilization planning attendance minors command inspection surveys reports live desk'.split(
    ' ',
  )
const aliases: [string, string][] = [
  ['#planner/', 'planner/'],
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
    wrong(
      ({ from, to }) => from.startsWith('platform/') && /^(modules\/|planner\/|web\/|[a-z]+\.ts$)/.test(to),
    ),
  ).toEqual([])
})

test('the planner knows nothing of ours', () => {
  expect(
    wrong(
      ({ from, to }) => from.startsWith('planner/') && /^(platform\/|modules\/|web\/|[a-z]+\.ts$)/.test(to),
    ),
  ).toEqual([])
})

test('planning alone enters the planner, by its front door', () => {
  expect(
    wrong(
      ({ from, to }) =>
        to.startsWith('planner/') &&
        !from.startsWith('planner/') &&
        !(sliceOf(from) === 'planning' && to === 'planner/index.ts'),
    ),
  ).toEqual([])
})

test('commands and measurements enter the planner by its two front doors', () => {
  const root = resolve(src, '..')
  const entered = globSync('scripts/**/*.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/planner\/([^']+)'/g)].map(([, to]) => ({
      file,
      to,
    })),
  )
  expect(entered.length).toBeGreaterThan(0)
  const commands = /^scripts\/(bench\/.+|plan|lib\/explain-plan)\.ts$/
  expect(
    entered.filter(({ file, to }) => !commands.test(file) || !/^(index|direct)\.ts$/.test(to ?? '')),
  ).toEqual([])
})

test('whoever has plans made in a thread loads neither the solver nor HiGHS', () => {
  const thread = 'planner/begin-thread.ts'
  const loaded = new Set(['planner/index.ts'])
  for (const file of loaded)
    for (const { to, typeOnly } of imports.filter(({ from }) => from === file))
      if (!typeOnly && to !== thread) loaded.add(to)
  expect([...loaded].filter((file) => /^(highs|planner\/(planner|propose|direct)\.ts)$/.test(file))).toEqual(
    [],
  )
  expect(imports).toContainEqual({ from: 'planner/think.ts', to: thread, typeOnly: false })
})

test('no folder holds more than 55 files; of the planner and of imports no more than 25', () => {
  const folders = Map.groupBy(globSync('**/*.{ts,tsx}', { cwd: src }), (file) => dirname(file))
  expect(folders.size).toBeGreaterThan(50)
  const mostIn = (folder: string) => (/^(planner|modules\/imports)(\/|$)/.test(folder) ? 25 : 55)
  expect(
    [...folders].filter(([folder, { length }]) => length > mostIn(folder)).map(([folder]) => folder),
  ).toEqual([])
})

test('no file has more than 300 lines, the generated client aside', () => {
  const linesOf = (file: string) => readFileSync(join(src, file), 'utf8').split('\n').length - 1
  const all = globSync('**/*.{ts,tsx}', { cwd: src }).filter((file) => file !== 'web/api/operations.ts')
  expect(all.length).toBeGreaterThan(500)
  expect(all.filter((file) => linesOf(file) > 300)).toEqual([])
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
  const door = /^modules\/[^/]+\/(index|pure|schema)\.ts$/
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

test('an import goes one way: read, judge, review, commit', () => {
  const rooms = ['read', 'judge', 'review', 'commit']
  const roomOf = (path: string) => rooms.indexOf(/^modules\/imports\/([a-z]+)\//.exec(path)?.[1] ?? '')
  expect(new Set(files.map(roomOf)).size).toBe(5)
  expect(wrong(({ from, to }) => roomOf(from) >= 0 && roomOf(to) > roomOf(from))).toEqual([])
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

test('rules and pure front doors load nothing that reads or writes', () => {
  const outward =
    /^(drizzle-orm|pg|better-sqlite3|fastify|node:(fs|net|http|worker_threads|child_process))|^platform\/(database|http|jobs|files)\//
  const rules = files.filter((file) => /^modules\/.+\/((\w+-)*rules|pure)\.ts$/.test(file))
  expect(rules.length).toBeGreaterThan(6)
  const impure = rules.filter((rule) => {
    const loaded = new Set([rule])
    for (const file of loaded)
      for (const { to, typeOnly } of imports.filter(({ from }) => from === file))
        if (!typeOnly) loaded.add(to)
    return [...loaded].some((file) => outward.test(file))
  })
  expect(impure).toEqual([])
})

test('the thread that reads sheets loads neither databases nor routes', () => {
  const loaded = new Set(['modules/imports/read/staging-thread.ts'])
  for (const file of loaded)
    for (const { to, typeOnly } of imports.filter(({ from }) => from === file)) if (!typeOnly) loaded.add(to)
  expect(loaded.size).toBeGreaterThan(20)
  const heavy =
    /^(drizzle-orm|pinyin-pro|typebox|luxon|fastify|prom-client)|^platform\/(database|http|jobs|audit)\//
  expect([...loaded].filter((file) => heavy.test(file))).toEqual([])
})

test('there is no circle of imports, not even of types', () => {
  const below = Map.groupBy(imports, ({ from }) => from)
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (done.has(file) || path.includes(file)) return
    for (const { to } of below.get(file) ?? []) visit(to, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})

test('dotted words that clients see are snake case', () => {
  const dotted = /(?<=['"`])[a-z]+(?:[-_][a-z]+)*(?:\.[a-z]+(?:[-_][a-z]+)*)+(?=['"`@:])/g
  const fileName = /\.(ts|js|mjs|json|jsonl|xlsx|xls|csv|css|html|sqlite|lock|test|cn)$/
  const words = files.flatMap((file) => readFileSync(join(src, file), 'utf8').match(dotted) ?? [])
  expect(words.length).toBeGreaterThan(500)
  expect(words.filter((word) => word.includes('-') && !fileName.test(word))).toEqual([])
})

test('the platform has no word of the trade', () => {
  const words = /volunteer|participation|unitPath|teamId|district|Shanghai/i
  expect(filesWith(words).filter((file) => file.startsWith('platform/'))).toEqual([])
})

test('threads are started by one function, and by the planner, which imports nothing of ours', () => {
  const threads = filesWith(/node:worker_threads/).filter((file) =>
    filesWith(/\bnew Worker\(/).includes(file),
  )
  expect(threads).toEqual(['planner/think.ts', 'platform/thread.ts'])
})

test('the environment is read by config.ts, and by kit.ts for the scheme of the database', () => {
  expect(filesWith(/process\.env/)).toEqual(['config.ts', 'platform/database/kit.ts'])
})

test('no browser keeps an answer in which people may be', () => {
  // What says otherwise is files of our own, or tells figures and no names: the board, and streams.
  expect(filesWith(/cache-control/i)).toEqual([
    'console.ts',
    'modules/attendance/page/routes.ts',
    'modules/live/routes.ts',
    'platform/http/docs.ts',
    'platform/http/large-answer.ts',
    'platform/http/security-headers.ts',
  ])
})

test('slices take time and chance from the context, and the planner takes none', () => {
  const own = /\bDate\.now\(|\bnew Date\(\)|DateTime\.(now|utc|local)\(\)|Math\.random\(/
  expect(filesWith(own).filter((file) => sliceOf(file) !== undefined || file.startsWith('planner/'))).toEqual(
    [],
  )
})

/** The console's own files, with whatever of ours they import; packages as they are called. */
const webFiles = globSync('web/**/*.{ts,tsx}', { cwd: src }).sort()
const webImports = webFiles.flatMap(importsOf)
const webWrong = (broken: (each: Import) => boolean) =>
  webImports.filter(broken).map(({ from, to }) => `${from} → ${to}`)
const ours = /^(web|modules|platform)\/|^[a-z]+\.ts$/

test('the console knows words and roles of the slices, and nothing else of the service', () => {
  const pure = /^(modules\/([^/]+\/words|accounts\/roles)|platform\/[^/]+\/words)\.ts$/
  expect(webImports.length).toBeGreaterThan(100)
  expect(webWrong(({ to }) => ours.test(to) && !to.startsWith('web/') && !pure.test(to))).toEqual([])
})

test('what the console may import brings nothing of the service with it', () => {
  const pure = files.filter((file) =>
    /^(modules\/([^/]+\/words|accounts\/roles)|platform\/[^/]+\/words)\.ts$/.test(file),
  )
  const known = new Set(webImports.map(({ to }) => to).filter((to) => pure.includes(to)))
  expect(wrong(({ from, typeOnly }) => known.has(from) && !typeOnly)).toEqual([])
})

test('of the console, the service knows its addresses alone', () => {
  expect(wrong(({ to }) => to.startsWith('web/') && to !== 'web/paths.ts')).toEqual([])
  expect(wrong(({ from, to }) => to === 'web/paths.ts' && from !== 'console.ts')).toEqual([])
})

test('components of the office are for its pages: core and plain know neither antd nor a router', () => {
  const office = /^(antd|@ant-design\/|@rc-component\/|react-router|dayjs)/
  expect(webWrong(({ from, to }) => /^web\/(core|ui\/plain)\//.test(from) && office.test(to))).toEqual([])
  expect(
    webWrong(({ from, to }) => /^web\/(core|ui\/plain)\//.test(from) && /^web\/ui\/office\//.test(to)),
  ).toEqual([])
})

test('the browser’s clock is asked for the time in core/time.ts alone', () => {
  const clock = /\bDate\.now\(|\bnew Date\(\)|\bdayjs\(\)/
  expect(webFiles.filter((file) => clock.test(readFileSync(join(src, file), 'utf8')))).toEqual([
    'web/core/time.ts',
  ])
})

test('addresses are made in paths.ts alone', () => {
  const written = /(?:\bto=|navigate\(|assign\(|href=)\{?["'`]\//
  expect(webFiles.filter((file) => written.test(readFileSync(join(src, file), 'utf8')))).toEqual([])
})

/** The tables that a file imports, as it calls them, with the folder whose `schema.ts` declares them. */
function tablesOf(file: string, text: string): { table: string; owner: string }[] {
  return [...text.matchAll(/import\s+\{([^}]*)\}\s+from\s+'([^']*schema\.ts)'/g)].flatMap(
    ([, names = '', path = '']) => {
      const alias = aliases.find(([start]) => path.startsWith(start))
      const schema = alias
        ? alias[1] + path.slice(alias[0].length)
        : relative(src, resolve(src, file, '..', path))
      return names
        .split(',')
        .map((name) => name.trim().split(' as ').at(-1) ?? '')
        .filter((name) => name !== '' && !name.startsWith('type '))
        .map((table) => ({ table, owner: folderOf(schema) }))
    },
  )
}

/** `modules/events` of `modules/events/shift-routes.ts`. */
const folderOf = (file: string) => file.split('/').slice(0, 2).join('/')

test('a table is written by the slice that owns it, and by no other', () => {
  const writes = files.flatMap((file) => {
    const text = readFileSync(join(src, file), 'utf8')
    // Handed to `insert`, `update` or `delete`, or with the writer to a function that does it.
    return tablesOf(file, text)
      .filter(({ table }) =>
        new RegExp(`(?:\\.(?:insert|update|delete)\\(|\\(\\s*tx,)\\s*${table}\\b(?!\\.)`).test(text),
      )
      .map(({ table, owner }) => ({ by: file, table, owner }))
  })
  expect(writes.length).toBeGreaterThan(100)
  expect(writes.filter(({ by, owner }) => folderOf(by) !== owner)).toEqual([])
})

test('a figure of time belongs into scripts/bench: no test takes one', () => {
  const root = resolve(src, '..')
  const timing = /performance\.(now|mark)|hrtime|cpuUsage|Date\.now\(\) -/i
  const tests = globSync('test/**/*.ts', { cwd: root }).filter(
    (file) => !file.endsWith('architecture.test.ts'),
  )
  expect(tests.length).toBeGreaterThan(100)
  expect(tests.filter((file) => timing.test(readFileSync(join(root, file), 'utf8')))).toEqual([])
})
