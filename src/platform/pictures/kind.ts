import { DomainError } from '../errors.ts'

/** What a picture may weigh, and how many pixels it may unpack to. */
export const pictureLimits = { bytes: 20 * 1024 * 1024, megapixels: 40, readMs: 15_000 } as const

const starts = (bytes: Uint8Array, at: number, signature: string) =>
  Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(signature.length, bytes.length - at)).toString(
    'latin1',
  ) === signature

/**
 * By its first bytes: what a file is called, and what its sender says of it, count for nothing.
 * @throws DomainError unsupported `picture.wrong_type`
 */
export function assertPicture(bytes: Uint8Array): void {
  const isPicture =
    bytes.length > 12 &&
    (starts(bytes, 0, '\xff\xd8\xff') ||
      starts(bytes, 0, '\x89PNG\r\n\x1a\n') ||
      (starts(bytes, 0, 'RIFF') && starts(bytes, 8, 'WEBP')))
  if (!isPicture) throw new DomainError('unsupported', 'picture.wrong_type', 'Only JPEG, PNG and WebP.')
}
