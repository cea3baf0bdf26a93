import sharp from 'sharp'
import { convertPicture } from '#platform/pictures/convert.ts'
import { childrenOf } from '#test/support/stops/main-process.ts'
import { processorSecondsOf } from '../day/processor.ts'

const photo = { width: 4000, height: 3000 }

/** As a phone takes it: 12 megapixels in 4 MB, with detail everywhere, lying on its side, with the place in its metadata. */
const aPhoto = () =>
  sharp({
    create: {
      ...{ width: photo.width / 4, height: photo.height / 4, channels: 3, background: '#808080' },
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })
    .resize(photo)
    .withMetadata({ orientation: 6 })
    .withExifMerge({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '41/1 18/1 0/1' } })
    .jpeg({ quality: 92 })
    .toBuffer()

/** Processor time of each process that this one started and that still runs. */
const ofChildren = () => new Map(childrenOf(process.pid).map((pid) => [pid, processorSecondsOf(pid)]))

/** What the processes have spent since: those that ended meanwhile had nothing to do with it. */
function since(before: ReadonlyMap<number, number>): number {
  return [...ofChildren()].reduce((sum, [pid, seconds]) => sum + seconds - (before.get(pid) ?? 0), 0)
}

/** Processor seconds of the process that makes of a photo what is kept: of the first one, which starts it, and of each of those after it. */
export async function photoSeconds(times: number): Promise<{ first: number; each: number; bytes: number }> {
  const bytes = await aPhoto()
  const before = ofChildren()
  await convertPicture(bytes)
  const first = since(before)
  const warm = ofChildren()
  for (let n = 0; n < times; n++) await convertPicture(bytes)
  return { first, each: since(warm) / times, bytes: bytes.length }
}
