/**
 * Simulates Lei Feng day through the public API of the real service, with a simulated clock. Afterwards the service keeps
 * running until Ctrl+C.
 *
 *   scripts/demo [--small] [--port N] [--exit [--keep]]
 *
 *   --small    a tenth of the city: the same day in some seconds
 *   --port N   the port of the service; without it PORT, else 8080. When it is taken, a free one
 *   --exit     ends with the day; exit code 1 unless all figures are consistent
 *   --keep     keeps the folder with the database, the messages and the log
 *
 * With DATABASE_URL=postgres://… it plays on that database, which must be empty; otherwise on a new SQLite file.
 * MUSTER_DEMO_DIR names the folder, else it is a new one; with NO_COLOR the output has no colour.
 */
import '../lib/help.ts'
import { rmSync } from 'node:fs'
import { parseArgs, styleText } from 'node:util'
import { Client } from './client.ts'
import { playDay } from './play.ts'
import { assertEmpty, postgresUrl } from './postgres.ts'
import { startService } from './server.ts'

const { values: options } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    exit: { type: 'boolean', default: false },
    port: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})

process.stdout.write('\n  集结 · Muster — 学雷锋日 · Lei Feng day, 4 March 2026\n\n')
const databaseUrl = postgresUrl()
const started = databaseUrl ? assertEmpty(databaseUrl) : Promise.resolve()
const service = await started
  .then(() =>
    startService({
      port: Number(options.port ?? process.env.PORT ?? 8080),
      clock: '2026-02-20T09:00:00+08:00',
      databaseUrl,
    }),
  )
  .catch((error: Error) => {
    process.stderr.write(`  ${styleText('red', '✗', { stream: process.stderr })} ${error.message}\n`)
    process.exit(1)
  })
const client = new Client(service.url)
let right = false
try {
  right = await playDay(service, client, { small: options.small })
} catch (error) {
  process.stderr.write(
    `\n  ${styleText('red', '✗', { stream: process.stderr })} ${error instanceof Error ? error.message : error}\n  日志 · log: ${service.logFile}\n`,
  )
}
client.close()

if (options.exit || !right) {
  await service.stop()
  if (right && !options.keep) rmSync(service.folder, { recursive: true, force: true })
  else process.stdout.write(`  文件夹 · folder: ${service.folder}\n`)
  process.exit(right ? 0 : 1)
}
process.stdout.write('  服务仍在运行，按 Ctrl+C 结束。The service stays open; Ctrl+C ends it.\n\n')
await service.exited
