import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import Type from 'typebox'
import type { Database, Reader } from '../database/port.ts'
import { DomainError } from '../errors.ts'
import type { Actor } from '../http/access.ts'
import { Id, problems } from '../http/schemas.ts'
import type { App } from '../http/server.ts'
import { pictures } from './schema.ts'
import { pictureFile } from './store.ts'

/** Whether somebody may see the pictures of a thing: by the kind of its subject, `task`, asked of the slice that owns it. */
export type PictureOwners = Readonly<
  Record<string, (db: Reader, id: string, reader: Actor) => Promise<boolean>>
>

/** Pictures are served by no other way than this, and for each the slice that owns its subject is asked. */
export function pictureRoutes(
  app: App,
  { db, config }: { db: Database; config: { dataDir: string } },
  owners: PictureOwners,
): void {
  app.route({
    method: 'GET',
    url: '/api/pictures/:pictureId',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'downloadPicture',
      tags: ['照片 · pictures'],
      summary: '查看照片 · a picture as JPEG, for whoever may see what it is about',
      params: Type.Object({ pictureId: Id }),
      response: {
        200: { description: 'The picture', content: { 'image/jpeg': { schema: Type.Any() } } },
        ...problems,
      },
    },
    handler: async ({ params: { pictureId }, actor }, reply) => {
      const missing = () => new DomainError('missing', 'picture.missing', 'There is no such picture.')
      const [row] = await db.read.select().from(pictures).where(eq(pictures.id, pictureId))
      if (!row || row.hiddenAt) throw missing()
      const [kind, id] = row.subject.split(':') as [string, string]
      if (!(await owners[kind]?.(db.read, id, actor))) throw missing()
      const file = pictureFile(config.dataDir, row.sha256)
      if (!(await stat(file).catch(() => null))) throw missing()
      // Whoever loses the right to see it, or leaves a shared computer, leaves no copy behind: `no-store`, as everywhere.
      reply.type('image/jpeg')
      return reply.send(createReadStream(file) as never)
    },
  })
}
