import { KeyRing } from '#platform/crypto/index.ts'
import { createKeyFile } from '#platform/crypto/key-file.ts'

/** A key ring on a file that is made unless it is there; the service makes one only for a database without sealed rows. */
export function newKeyRing(path: string): KeyRing {
  createKeyFile(path)
  return new KeyRing(path)
}
