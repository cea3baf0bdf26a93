import { pinyin } from 'pinyin-pro'

/**
 * A name as it is compared: full-width and half-width forms made one, lower case, without spaces and
 * punctuation. `本溪市 住建局（机关）` and `本溪市住建局(机关)` are the same.
 */
export function searchNameOf(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase()
  return plain.replace(/[\s\p{P}\p{S}\p{C}]/gu, '') || plain.replace(/[\s\p{C}]/gu, '')
}

/**
 * The key a name is sorted and typed by: its pinyin without tones, a space, its initials (`wangwei ww`).
 * @param of `person` reads the first character as a family name (单 is shan, 曾 is zeng)
 */
export function pinyinOf(name: string, of: 'person' | 'thing' = 'thing'): string {
  const syllables = pinyin(name.normalize('NFKC').trim(), {
    toneType: 'none',
    type: 'array',
    nonZh: 'consecutive',
    v: true,
    surname: of === 'person' ? 'head' : 'off',
  })
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .filter((syllable) => syllable !== '')
  if (syllables.length === 0) return '~'
  return `${syllables.join('')} ${syllables.map((syllable) => syllable[0]).join('')}`
}

/** Whether a typed text can be pinyin or initials. */
export function looksLikePinyin(typed: string): boolean {
  return /^[a-z0-9]+$/.test(typed)
}
