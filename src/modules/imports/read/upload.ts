import type { FastifyRequest } from 'fastify'
import { DomainError } from '#platform/errors.ts'
import { type ArrivingUpload, arrivingUploads } from '#platform/http/uploads.ts'

/** Maximum bytes of all files of one import. */
const uploadBytesMax = 64 * 1024 * 1024
const uploadFilesMax = 600

/** The files of an import, while they arrive. @throws DomainError `import.too_large`, and as `arrivingUploads` */
export function importUploads(request: FastifyRequest): AsyncIterable<ArrivingUpload> {
  const message = 'The files together are too large. Upload them in several imports.'
  return arrivingUploads(request, {
    files: uploadFilesMax,
    bytes: uploadBytesMax,
    refusal: new DomainError('too_large', 'import.too_large', message, { bytes: uploadBytesMax }),
  })
}
