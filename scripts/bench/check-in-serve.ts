/** The service as `main.ts` starts it, without background work; `--one-by-one` gives every check-in a COMMIT of its own. */
import { openDatabase } from '#platform/database/open.ts'
import { buildApp } from '#src/app.ts'
import { loadConfig } from '#src/config.ts'
import { createContext } from '#src/context.ts'

const config = loadConfig(process.env)
const groupCommit = !process.argv.includes('--one-by-one')
const context = await createContext(config, { db: await openDatabase({ ...config, groupCommit }) })
const app = await buildApp(context)
await app.listen({ host: config.host, port: config.port })
process.once('SIGTERM', async () => {
  await app.close()
  await context.close()
})
process.send?.('ready')
