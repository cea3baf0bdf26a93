import { type KeyRing, openKeyRing } from '../crypto/index.ts'
import { openReader } from '../database/open-reader.ts'
import type { Reader } from '../database/port.ts'
import { offerWork } from '../files/work.ts'
import type { BesideInput } from './beside.ts'

/** Called once by a module whose reading is done beside the service: see `beside`. */
export function offerReading<Input, Result>(
  read: (reader: Reader, keys: KeyRing, input: Input) => Promise<Result>,
): void {
  offerWork<BesideInput, never, Result>(async ({ place, input }) => {
    const opened = await openReader(place.databaseUrl)
    try {
      const keys = await openKeyRing(opened.reader, place.keysFile, [])
      return await read(opened.reader, keys, input as Input)
    } finally {
      await opened.close()
    }
  })
}
