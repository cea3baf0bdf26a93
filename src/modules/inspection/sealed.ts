import type { KeyRing, SealedColumn, SealedText } from '#platform/crypto/index.ts'
import { rounds } from './schema.ts'

/** The seed of a round, sealed until the round is closed. */
export const sealSeed = (keys: KeyRing, roundId: string, seed: string): SealedText =>
  keys.encrypt(seed, `rounds/seed/${roundId}`)

/** The seed as 64 hexadecimal digits. */
export const openSeed = (keys: KeyRing, round: { id: string; seed: string }): string =>
  keys.decrypt(round.seed, `rounds/seed/${round.id}`)

/** The encrypted columns of this slice, for key rotation. */
export const inspectionSealed: SealedColumn[] = [{ table: rounds, column: 'seed', place: 'rounds/seed' }]
