/**
 * Builds the console into build/: `npm run web:build`. Does nothing while what it is made of is unchanged. Every file is
 * laid down compressed too, and the build fails when an entry's first load is larger than its limit.
 */
import './lib/help.ts'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build, type Manifest } from 'vite'
import { buildFolder, buildIn } from '#src/console.ts'
import { firstLoad, type Limit, overLimit } from './lib/first-load.ts'

const root = resolve(import.meta.dirname, '..')
const fresh = `${buildFolder}.new`

/** What is loaded until the first page of an entry is usable, in Chinese; thousands of bytes, compressed with gzip. */
const limits: readonly (Limit & { build: string; name?: string })[] = [
  {
    build: 'office',
    entry: 'office.html',
    pages: ['events/list.tsx', 'words/zh.ts', 'locale/zh_CN.js', 'locale/zh-cn.js'],
    kbMax: 390,
  },
  { build: 'phone', entry: 'phone.html', pages: ['phone/words/zh.ts'], kbMax: 40 },
  {
    ...{ build: 'phone', entry: 'phone.html', name: 'a visit on the phone', kbMax: 55 },
    pages: ['phone/words/zh.ts', 'phone/visits/room.tsx', 'phone/visits/words/zh.ts'],
  },
  { build: 'screen', entry: 'screen.html', pages: ['words/live-zh.ts'], kbMax: 80 },
]

/** Names everything the build is made of. */
function idOfInputs(): string {
  const files = globSync(
    [
      'src/web/**',
      'src/modules/*/words.ts',
      'src/modules/accounts/roles.ts',
      'package-lock.json',
      'scripts/web-build.ts',
    ],
    { cwd: root, withFileTypes: true },
  )
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}

/** Lays each file down compressed as well; what does not get smaller stays alone. */
function compressFiles(folder: string): void {
  for (const name of globSync('assets/*.{js,css,svg}', { cwd: folder })) {
    const file = join(folder, name)
    const bytes = readFileSync(file)
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
    for (const [end, packed] of [
      ['br', brotliCompressSync(bytes, quality)],
      ['gz', gzipSync(bytes, { level: 9 })],
    ] as const) {
      if (packed.length < bytes.length) writeFileSync(`${file}.${end}`, packed)
    }
  }
}

function manifestOf(name: string): Manifest {
  return JSON.parse(readFileSync(join(fresh, `manifest-${name}.json`), 'utf8')) as Manifest
}

/** Tells the phone's worker of which build it is, and which files it keeps. */
function tellWorker(folder: string): void {
  const chunks = Object.values(manifestOf('phone')).flatMap(({ file, css = [] }) => [file, ...css])
  const files = chunks.filter((file) => file.startsWith('assets/')).map((file) => `/${file}`)
  const told = `const __PHONE__=${JSON.stringify({ build: id, files: [...new Set(files)].sort() })};`
  const worker = join(folder, 'phone-worker.js')
  writeFileSync(worker, told + readFileSync(worker, 'utf8'))
}

const id = idOfInputs()
if (buildIn(buildFolder) === id) {
  process.stdout.write('build/ is current.\n')
} else {
  rmSync(fresh, { recursive: true, force: true })
  Object.assign(process.env, { BUILD_ID: id, BUILD_FOLDER: fresh })
  for (const mode of ['office', 'phone', 'screen'])
    await build({ configFile: join(root, 'src/web/vite.config.ts'), mode, logLevel: 'warn' })
  tellWorker(fresh)
  compressFiles(fresh)
  const loads = limits.map((limit) => ({ ...limit, kb: firstLoad(manifestOf(limit.build), limit, fresh) }))
  for (const { entry, name = entry, kb, kbMax } of loads) {
    process.stdout.write(`${name}: ${kb} kB compressed until usable, of ${kbMax}\n`)
  }
  writeFileSync(join(fresh, 'build.json'), JSON.stringify({ id, loads }))
  if (overLimit(loads).length > 0) {
    process.stderr.write('The console is larger than its limit; build/ was left as it was.\n')
    process.exitCode = 1
  } else {
    // The service reads from build/ all the while: it is replaced at once, when everything is there.
    if (existsSync(buildFolder)) rmSync(buildFolder, { recursive: true })
    renameSync(fresh, buildFolder)
  }
}
