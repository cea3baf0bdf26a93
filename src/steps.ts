import { sealClearColumns } from '#modules/organisation/index.ts'
import { KeyRing } from '#platform/crypto/index.ts'
import { createKeyFile } from '#platform/crypto/key-file.ts'
import type { Steps } from '#platform/database/migrate.ts'
import { systemClock } from '#platform/time.ts'

/**
 * Migration steps that SQL cannot do, because they need the keys. A migration calls one by a line `-- step: NAME`.
 * @param keysFile the key file of the database; created when nothing was encrypted yet
 */
export function migrationSteps(keysFile: string): Steps {
  let ring: KeyRing | undefined
  const keys = () => {
    if (!ring) createKeyFile(keysFile)
    ring ??= new KeyRing(keysFile)
    return ring
  }
  return { seal_particulars: sealClearColumns(keys, systemClock.now()) }
}
