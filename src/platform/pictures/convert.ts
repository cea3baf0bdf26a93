import { DomainError } from '../errors.ts'
import { elsewhere } from '../files/elsewhere.ts'
import type { Converted, Refused } from './converted.ts'
import { assertPicture, pictureLimits } from './kind.ts'

const tooManyPixels = () => {
  const { megapixels } = pictureLimits
  return new DomainError('too_large', 'picture.too_many_pixels', 'It unpacks to too much.', { megapixels })
}

const main = new URL('./convert-main.ts', import.meta.url)

/**
 * Makes of a picture what is kept of it, in another process; the original is never kept.
 * @throws DomainError `picture.wrong_type`, `picture.too_many_pixels`, `picture.damaged`
 */
export async function convertPicture(bytes: Uint8Array): Promise<Converted> {
  assertPicture(bytes)
  const answer = await elsewhere<Uint8Array, never, Converted | Refused>(main, bytes, {
    maxMs: pictureLimits.readMs,
  }).catch((error: unknown) => {
    // It took too much time or memory: a picture that unpacks to far more than it says.
    if (error instanceof DomainError && error.code === 'file.too_large') throw tooManyPixels()
    throw error
  })
  if (!('refused' in answer)) return answer
  if (answer.refused === 'too_many_pixels') throw tooManyPixels()
  throw new DomainError('invalid', 'picture.damaged', `The picture cannot be read: ${answer.because}`)
}
