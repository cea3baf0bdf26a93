import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { DomainError } from '#platform/errors.ts'
import { readUploads } from '#platform/http/uploads.ts'
import { type Upload, uploadBytesMax, uploadFilesMax } from './receive-import.ts'

/**
 * The files of an import. A digest of them becomes the request body, so that an Idempotency-Key with other files is refused.
 * @throws DomainError `import.too_large`, and as `readUploads`
 */
export async function importUploads(request: FastifyRequest): Promise<Upload[]> {
  const message = 'The files together are too large. Upload them in several imports.'
  const uploads = await readUploads(request, {
    files: uploadFilesMax,
    bytes: uploadBytesMax,
    refusal: new DomainError('too_large', 'import.too_large', message, { bytes: uploadBytesMax }),
  })
  request.body = uploads.map(({ name, bytes }) => [
    name,
    createHash('sha256').update(bytes).digest('base64url'),
  ])
  return uploads
}
