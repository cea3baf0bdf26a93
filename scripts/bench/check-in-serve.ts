/** Starts the service as `main.ts` does, without background jobs. `--one-by-one` turns group commit off. */
import { openDatabase } from '#platform/database/open.ts'
import { createService } from '#src/app.ts'
import { loadConfig } from '#src/config.ts'
import { createContext } from '#src/context.ts'
import { sealedColumns } from '#src/sealed.ts'

const config = loadConfig(process.env)
const groupCommit = !process.argv.includes('--one-by-one')
const context = await createContext(config, sealedColumns, {
  db: await openDatabase({ ...config, groupCommit }),
})
const service = await createService(context)
await service.app.listen({ host: config.host, port: config.port })
process.once('SIGTERM', async () => {
  await service.close()
  await context.close()
})
process.send?.('ready')
