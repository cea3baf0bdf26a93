/** Letters, digits and the common ideographs, none of which normalising changes. */
const plain = /^[0-9A-Za-z\u4e00-\u9fff]+$/

/**
 * Normalises a name for comparison: NFKC (full-width to half-width), lower case, no spaces and punctuation. `本溪市
 * 住建局（机关）` and `本溪市住建局(机关)` become equal.
 */
export function searchNameOf(name: string): string {
  // Nearly all names: nothing to normalise, and searched ten times for each row of a list.
  if (plain.test(name)) return name.toLowerCase()
  const folded = name.normalize('NFKC').toLowerCase()
  return folded.replace(/[\s\p{P}\p{S}\p{C}]/gu, '') || folded.replace(/[\s\p{C}]/gu, '')
}

/** Whether a typed text may be pinyin or initials. */
export function looksLikePinyin(typed: string): boolean {
  return /^[a-z0-9]+$/.test(typed)
}
