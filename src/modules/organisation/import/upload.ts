import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { DomainError } from '#platform/errors.ts'
import { fileLimits } from '#platform/files/limits.ts'
import { type Upload, uploadBytesMax, uploadFilesMax } from './receive-import.ts'

/**
 * The files of a form, in memory: they are never written to a disk in clear. What was sent stands in for the body, so
 * that an Idempotency-Key with other files is refused.
 * @throws DomainError `import.not_a_form`, `import.too_large`, `file.too_large`
 */
export async function readUploads(request: FastifyRequest): Promise<Upload[]> {
  if (!request.isMultipart()) {
    throw new DomainError('unsupported', 'import.not_a_form', 'Send the files as multipart/form-data.')
  }
  const uploads: Upload[] = []
  let bytes = 0
  const limits = {
    fileSize: fileLimits.fileBytes,
    files: uploadFilesMax,
    fields: 5,
    parts: uploadFilesMax + 5,
  }
  for await (const part of request.files({ limits, throwFileSizeLimit: false })) {
    const content = await part.toBuffer()
    if (part.file.truncated) {
      throw new DomainError('too_large', 'file.too_large', 'A file is larger than is read here. Split it.', {
        what: 'fileBytes',
        max: fileLimits.fileBytes,
      })
    }
    bytes += content.length
    if (bytes > uploadBytesMax) {
      throw new DomainError(
        'too_large',
        'import.too_large',
        'The files together are too large. Upload them in several imports.',
        {
          bytes: uploadBytesMax,
        },
      )
    }
    uploads.push({ name: part.filename.slice(0, 300), bytes: content })
  }
  const body = uploads.map(({ name, bytes: content }) => [
    name,
    createHash('sha256').update(content).digest('base64url'),
  ])
  request.body = body
  return uploads
}
