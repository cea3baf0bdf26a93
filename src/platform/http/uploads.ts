import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { DomainError } from '../errors.ts'
import { fileLimits, tooLarge } from '../files/limits.ts'

export interface Upload {
  name: string
  bytes: Buffer
}

/** A file that still arrives. It is read to its end before the next one comes. */
export interface ArrivingUpload {
  name: string
  /** @throws DomainError `file.too_large`, and `limits.refusal` */
  bytes: AsyncIterable<Buffer>
}

export interface UploadLimits {
  files: number
  /** Maximum bytes of all files together. */
  bytes: number
  /** The error when the files together are larger; by default the same as for one file that is too large. */
  refusal?: DomainError
}

/** Bytes allowed beside the files: boundaries and headers of each part, and a few fields. */
const aroundFileBytes = 1024
const aroundBytes = 64 * 1024
const fieldsMax = 5

function tooMuch({ bytes, refusal }: UploadLimits): DomainError {
  const message = `The files together are larger than ${bytes / 1024 / 1024} MB. Upload them in several requests.`
  return refusal ?? tooLarge('bytes', bytes, message)
}

/** The declared Content-Length, in bytes. Undefined when absent: then bytes are counted while they arrive. */
function announcedBytes({ headers }: FastifyRequest): number | undefined {
  const length = headers['content-length']
  return length === undefined ? undefined : Number(length)
}

/**
 * The files of a multipart form, in memory and in order: they are never written to disk unencrypted. Fastify's `bodyLimit`
 * does not apply to multipart forms, so every route with files uses this function. A request whose Content-Length is too
 * large is refused before it is read; any other is refused at the first byte beyond the limit.
 * @throws DomainError `file.too_large`, `file.too_many`, and `limits.refusal`; 400 `form.malformed`
 */
export async function readUploads(request: FastifyRequest, limits: UploadLimits): Promise<Upload[]> {
  const uploads: Upload[] = []
  for await (const { name, bytes } of arrivingUploads(request, limits)) {
    const chunks: Buffer[] = []
    for await (const chunk of bytes) chunks.push(chunk)
    uploads.push({ name, bytes: Buffer.concat(chunks) })
  }
  return uploads
}

/** As `readUploads`, without holding the files in memory: each is read while it arrives. */
export async function* arrivingUploads(
  request: FastifyRequest,
  limits: UploadLimits,
): AsyncGenerator<ArrivingUpload> {
  try {
    yield* filesOf(request, limits)
  } catch (error) {
    throw nameOf(error)
  }
}

/** Errors of the multipart parser have no code: the body ends early, or a part has no header. */
function nameOf(error: unknown): unknown {
  if (error instanceof DomainError || (error as { code?: string }).code?.startsWith('FST_')) return error
  return Object.assign(new Error('the form cannot be read', { cause: error }), {
    code: 'MUSTER_FORM_MALFORMED',
  })
}

async function* filesOf(request: FastifyRequest, limits: UploadLimits): AsyncGenerator<ArrivingUpload> {
  // Whoever left before the form was read tells no reader of it that there is no more.
  if (request.raw.readableAborted) throw new Error('the sender has left')
  const announced = announcedBytes(request) ?? 0
  if (announced > limits.bytes + aroundBytes + limits.files * aroundFileBytes) throw tooMuch(limits)
  const counted = { files: 0, bytes: 0 }
  // One file more than allowed, so that the refusal has a code of this service.
  const files = limits.files + 1
  const form = { fileSize: fileLimits.fileBytes, files, fields: fieldsMax, parts: files + fieldsMax }
  for await (const part of request.files({ limits: form, throwFileSizeLimit: false })) {
    if (counted.files++ === limits.files) {
      const message = `At most ${limits.files} files at once.`
      throw new DomainError('too_large', 'file.too_many', message, { filesMax: limits.files })
    }
    yield { name: part.filename.slice(0, 300), bytes: withinLimits(part.file, counted, limits) }
  }
}

async function* withinLimits(
  file: MultipartFile['file'],
  counted: { bytes: number },
  limits: UploadLimits,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of file) {
      counted.bytes += chunk.length
      if (counted.bytes > limits.bytes) throw tooMuch(limits)
      yield chunk
    }
  } catch (error) {
    throw nameOf(error)
  }
  if (file.truncated) {
    const message = 'A file is larger than is read here. Split it.'
    throw tooLarge('fileBytes', fileLimits.fileBytes, message)
  }
}
