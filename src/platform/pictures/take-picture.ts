import type { FastifyRequest } from 'fastify'
import type { DateTime } from 'luxon'
import type { Database } from '../database/port.ts'
import { DomainError } from '../errors.ts'
import { readUploads } from '../http/uploads.ts'
import { convertPicture } from './convert.ts'
import { keepPicture, type PictureRow, type PictureToKeep } from './keep-picture.ts'
import { pictureLimits } from './kind.ts'
import { keepFile, sha256Of } from './store.ts'

/**
 * Takes the one picture of a form: reads it, makes of it what is kept, writes the file and then records it. Whatever stops it
 * in between leaves at most a file that nobody names, which is swept.
 * @param permit asked before anything is read, and once more in the transaction
 * @throws DomainError `file.missing`, `picture.wrong_type`, `picture.too_many_pixels`, `picture.damaged`,
 * `picture.id_taken`, `picture.too_many`
 */
export async function takePicture(
  { db, config }: { db: Database; config: { dataDir: string } },
  request: FastifyRequest,
  picture: PictureToKeep,
  at: DateTime,
  permit: (tx: Parameters<Parameters<Database['transaction']>[0]>[0]) => Promise<void>,
): Promise<PictureRow> {
  const [file] = await readUploads(request, { files: 1, bytes: pictureLimits.bytes })
  if (!file) throw new DomainError('invalid', 'file.missing', 'The form holds no file.')
  const converted = await convertPicture(file.bytes)
  await keepFile(config.dataDir, sha256Of(converted.jpeg), converted.jpeg)
  return db.transaction(async (tx) => {
    await permit(tx)
    return keepPicture(tx, picture, converted, at)
  })
}
