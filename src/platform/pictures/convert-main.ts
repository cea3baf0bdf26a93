/** Runs in a process of its own (`elsewhere`): a picture that unpacks to too much ends that process and not the service. */
import sharp from 'sharp'
import { offerWork } from '../files/work.ts'
import type { Converted, Refused } from './converted.ts'
import { pictureLimits } from './kind.ts'

sharp.cache(false)
sharp.concurrency(1)

const longestSide = 1600
const quality = 80

const damaged = (cause: unknown): Refused => ({ refused: 'damaged', because: String(cause).slice(0, 200) })

offerWork<Uint8Array, never, Converted | Refused>(async (bytes) => {
  const options = { failOn: 'truncated' as const, pages: 1 }
  try {
    const { width, height } = await sharp(bytes, { ...options, limitInputPixels: false }).metadata()
    const limitInputPixels = pictureLimits.megapixels * 1_000_000
    if (width * height > limitInputPixels) return { refused: 'too_many_pixels' }
    const { data, info } = await sharp(bytes, { ...options, limitInputPixels })
      .rotate()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality })
      .toBuffer({ resolveWithObject: true })
    const grey = await sharp(data).greyscale().resize(9, 8, { fit: 'fill' }).raw().toBuffer()
    return { jpeg: data, width: info.width, height: info.height, differenceHash: hashOf(grey) }
  } catch (error) {
    return damaged(error)
  }
})

/** A bit for each of 8 rows of 8 neighbours: whether the left one is brighter. */
function hashOf(grey: Uint8Array): string {
  let bits = 0n
  for (let row = 0; row < 8; row++)
    for (let column = 0; column < 8; column++) {
      const at = row * 9 + column
      bits = (bits << 1n) | (grey[at]! > grey[at + 1]! ? 1n : 0n)
    }
  return bits.toString(16).padStart(16, '0')
}
