/**
 * Normalises a name for comparison: NFKC (full-width to half-width), lower case, no spaces and punctuation. `本溪市
 * 住建局（机关）` and `本溪市住建局(机关)` become equal.
 */
export function searchNameOf(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase()
  return plain.replace(/[\s\p{P}\p{S}\p{C}]/gu, '') || plain.replace(/[\s\p{C}]/gu, '')
}

/** Whether a typed text may be pinyin or initials. */
export function looksLikePinyin(typed: string): boolean {
  return /^[a-z0-9]+$/.test(typed)
}
