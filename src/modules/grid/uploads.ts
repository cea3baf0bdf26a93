import type { FastifyRequest } from 'fastify'
import { DomainError } from '#platform/errors.ts'

export interface Upload {
  name: string
  data: Buffer
}

/**
 * The files of a multipart form, in their order.
 * @throws DomainError `file.missing` when there is none, `file.too-many`
 */
export async function uploadsOf(request: FastifyRequest, filesMax: number): Promise<Upload[]> {
  if (!request.isMultipart()) {
    throw new DomainError('unsupported', 'body.media-type', 'Send the file as multipart/form-data.')
  }
  const uploads: Upload[] = []
  for await (const part of request.files()) {
    const data = await part.toBuffer()
    if (uploads.length === filesMax) {
      throw new DomainError('too_large', 'file.too-many', `At most ${filesMax} files at once.`, { filesMax })
    }
    uploads.push({ name: part.filename.slice(0, 200), data })
  }
  if (uploads.length === 0) throw new DomainError('invalid', 'file.missing', 'The form holds no file.')
  return uploads
}
