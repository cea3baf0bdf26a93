import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

const gzipped = promisify(gzip)
/** Below this, compressing costs more than it saves. */
const compressedFrom = 8 * 1024

/**
 * `onSend` of a route that answers much and is asked again and again: the ETag is the digest of the body, an answer that
 * the client has is 304, and a large one is compressed.
 */
export async function largeAnswer(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  if (reply.statusCode !== 200 || typeof payload !== 'string') return payload
  const etag = `"${createHash('sha256').update(payload).digest('base64url').slice(0, 27)}"`
  // Whoever keeps it asks each time whether it still holds.
  reply.header('etag', etag).header('cache-control', 'private, no-cache').header('vary', 'accept-encoding')
  const known = headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, ''))
  if (known?.includes(etag)) {
    reply.code(304).removeHeader('content-type')
    return ''
  }
  if (payload.length < compressedFrom || !/\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))) {
    return payload
  }
  reply.header('content-encoding', 'gzip').removeHeader('content-length')
  return gzipped(payload, { level: 4 })
}
