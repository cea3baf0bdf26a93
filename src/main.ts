import '#platform/private-files.ts'
import { mkdirSync } from 'node:fs'
import closeWithGrace from 'close-with-grace'
import { removeLeftCopies } from '#platform/backup/sqlite.ts'
import { lockForService } from '#platform/database/one-service.ts'
import { warmUp } from '#platform/http/warm-up.ts'
import { startWorker } from '#platform/jobs/worker.ts'
import { createService } from './app.ts'
import { loadConfig } from './config.ts'
import { createContext } from './context.ts'
import { sealedColumns } from './sealed.ts'
import { shutDown } from './shutdown.ts'

const nodeMajor = 24

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

if (Number(process.versions.node.split('.')[0]) !== nodeMajor) {
  fail(`Muster runs on Node ${nodeMajor}; this is ${process.version}. Start it with: npm start`)
}

try {
  const config = loadConfig()
  removeLeftCopies(config.databaseUrl)
  mkdirSync(config.dataDir, { recursive: true })
  // Held until the process ends, whatever ends it.
  lockForService(config.databaseUrl)
  const context = await createContext(config, sealedColumns)
  const service = await createService(context)
  const { app, jobs } = service
  await app.listen({ host: config.host, port: config.port })
  const worker = config.workers > 0 ? startWorker(context, jobs, { concurrency: config.workers }) : undefined
  context.log.info({ host: config.host, port: config.port, dialect: context.db.dialect }, 'service started')
  // Where the clock is played with, nobody is there who would wait.
  if (config.clock === 'system') void warmUp()
  if (context.build() === null) context.log.warn({}, 'the console is not built; run: npm run web:build')

  closeWithGrace({ delay: 4_500, logger: false }, async ({ signal, err }) => {
    if (err) context.log.fatal({ err }, 'service failing')
    else context.log.info({ signal }, 'service stopping')
    await shutDown({ service, context, worker })
  })
} catch (error) {
  fail(error instanceof Error ? `Muster could not start. ${error.message}` : String(error))
}
