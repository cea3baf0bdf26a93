/** Unpacks the browser that the package brings compressed; some four seconds, once. */
import { chmodSync, createReadStream, createWriteStream, existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'

const packed = join(import.meta.dirname, 'node_modules/@sparticuz/chromium/bin/chromium.br')

/** Chromium 109.0.5412, once it is unpacked. */
export const oldChromium = join(import.meta.dirname, 'node_modules/chromium-109')

export default async function unpack(): Promise<void> {
  if (existsSync(oldChromium)) return
  const part = `${oldChromium}.part`
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(part))
  chmodSync(part, 0o700)
  renameSync(part, oldChromium)
}
