import { type DerivedToken, type KeyRing, readCrockford } from '#platform/crypto/index.ts'

/** Length of a personal link's token, which is also the volunteer's personal code: 12 × 5 = 60 bits. */
const characters = 12
const purpose = 'participation'

/**
 * Derives the personal link of a participation. Only `hash` is stored. A higher generation makes earlier links invalid.
 */
export function personalLink(keys: KeyRing, participationId: string, generation: number): DerivedToken {
  return keys.deriveToken(purpose, participationId, generation, characters)
}

/** Derives the token again from id and generation, to write it into a message while sending. */
export function personalLinkToken(
  keys: KeyRing,
  {
    linkHash,
    participationId,
    generation,
  }: { linkHash: string; participationId: string; generation: number },
): string {
  return keys.deriveToken(purpose, participationId, generation, characters, linkHash).token
}

/** The values to look up in `link_hash` for an opened link or a typed code; empty when the format is wrong. */
export function personalLinkHashes(keys: KeyRing, typed: string): string[] {
  return keys.tokenHashes(purpose, typed, characters)
}

/** Normalises a typed personal code to the form used in links; undefined when the format is wrong. */
export function readPersonalCode(typed: string): string | undefined {
  return readCrockford(typed, characters)
}
