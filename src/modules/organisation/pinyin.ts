import { pinyin } from 'pinyin-pro'

/**
 * The key by which a name is sorted and searched: pinyin without tones, a space, the initials (`wangwei ww`).
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
