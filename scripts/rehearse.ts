/**
 * 演练: a second service on a copy of a backup, with a clock of its own, beside the running one, which is not touched.
 *
 *   npm run rehearse -- FILE [--port 8090] [--host NAME] [--at INSTANT] [--into postgres://…] [--key FILE]
 *
 * Everybody signs in as they always do. Messages go into a file and to nobody, and every page, print and downloaded file
 * says that it is a rehearsal. Its clock begins at --at (2027-03-04T08:00:00+08:00; by default now) and is moved with
 * PUT /api/clock. With --host other machines reach it at http://NAME:PORT. A backup of PostgreSQL goes into the empty
 * database that --into names, which is kept; everything else is deleted when the rehearsal ends, with Ctrl+C.
 */
import '#platform/private-files.ts'
import './lib/help.ts'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { targetOf } from '#platform/database/url.ts'
import { instantFrom, isoOf } from '#platform/time.ts'
import { type Config, loadConfig } from '#src/config.ts'
import { run, startService } from './day/server.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** Settings of the real service with which a rehearsal could write its files or send something. */
const notItsOwn = [
  ...['AUDIT_HEAD_COPY', 'METRICS_TOKEN', 'MAIL_BOUNCE_TOKEN', 'SMTP_URL', 'SMTP_FROM'],
  ...['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM', 'TWILIO_BASE_URL'],
]

function readArguments({ databaseUrl, backups }: Config) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '8090' },
      host: { type: 'string' },
      at: { type: 'string' },
      into: { type: 'string' },
      key: { type: 'string', default: backups.keyFile },
    },
  })
  const [file] = positionals
  if (!file || positionals.length > 1)
    throw new Error('usage: npm run rehearse -- FILE [--port 8090] [--host NAME] [--at INSTANT] [--into URL]')
  if (targetOf(databaseUrl).dialect === 'postgresql' && !values.into)
    throw new Error('name an empty database: npm run rehearse -- FILE --into postgres://…')
  const clock = values.at ? isoOf(instantFrom(values.at)) : new Date().toISOString()
  return { ...values, file: resolve(file), port: Number(values.port), clock }
}

try {
  const config = loadConfig(process.env)
  const { file, port, host, clock, into, key } = readArguments(config)
  mkdirSync(config.dataDir, { recursive: true })
  // Beside the data, which are protected as what is restored has to be.
  const folder = mkdtempSync(join(config.dataDir, 'rehearsal-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const more = {
    ...Object.fromEntries(notItsOwn.map((setting) => [setting, ''])),
    MESSAGE_CHANNEL: 'log',
    BACKUP_DIR: join(folder, 'backups'),
    BACKUP_KEY_FILE: join(folder, 'backup-key.json'),
    ...(host ? { HOST: '0.0.0.0', PUBLIC_URL: `http://${host}:${port}` } : {}),
  }
  const restoring = {
    ...more,
    DATABASE_URL: into ?? `sqlite:${join(folder, 'muster.sqlite')}`,
    DATA_DIR: folder,
    KEYS_FILE: join(folder, 'keys.json'),
  }
  copyFileSync(config.keysFile, restoring.KEYS_FILE)
  say((await run('scripts/restore.ts', [file, '--key', resolve(key)], restoring)).trim())
  const service = await startService({ port, clock, folder, databaseUrl: into, more })
  say(
    `The rehearsal is at ${host ? more.PUBLIC_URL : service.url}; what it would send is in ${service.messagesFile}`,
  )
  say('Ctrl+C ends it.')
  await service.exited
} catch (error) {
  process.stderr.write(`The rehearsal could not begin: ${(error as Error).message}\n`)
  process.exitCode = 1
}
