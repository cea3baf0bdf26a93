import closeWithGrace from 'close-with-grace'
import { startWorker } from '#platform/jobs/worker.ts'
import { allJobs, buildApp } from './app.ts'
import { loadConfig } from './config.ts'
import { createContext } from './context.ts'

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
  const context = await createContext(config)
  const app = await buildApp(context)
  await app.listen({ host: config.host, port: config.port })
  const worker =
    config.workers > 0 ? startWorker(context, allJobs, { concurrency: config.workers }) : undefined
  context.log.info({ host: config.host, port: config.port, dialect: context.db.dialect }, 'service started')

  // What was acknowledged is durable already; this finishes what is under way, in the order of the flow.
  closeWithGrace({ delay: 30_000, logger: false }, async ({ signal, err }) => {
    if (err) context.log.fatal({ err }, 'service failing')
    else context.log.info({ signal }, 'service stopping')
    await app.close()
    await worker?.stop()
    await context.close()
    context.log.info({}, 'service stopped')
  })
} catch (error) {
  fail(error instanceof Error ? `Muster could not start. ${error.message}` : String(error))
}
