import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createService } from '#src/app.ts'
import { loadConfig } from '#src/config.ts'
import { createContext } from '#src/context.ts'
import { sealedColumns } from '#src/sealed.ts'
import { inLines } from './in-lines.ts'

/** The OpenAPI description of all routes, as JSON text. It is the same on every machine. */
export async function describeRoutes(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-openapi-'))
  const context = await createContext(
    loadConfig({
      DATABASE_URL: `sqlite:${join(folder, 'none.sqlite')}`,
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
    }),
    sealedColumns,
  )
  try {
    const service = await createService(context)
    await service.app.ready()
    const text = inLines(service.app.swagger(), 3)
    await service.close()
    return `${text}\n`
  } finally {
    await context.close()
    await rm(folder, { recursive: true, force: true })
  }
}
