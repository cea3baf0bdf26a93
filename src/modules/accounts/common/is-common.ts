import { readFileSync } from 'node:fs'
import { pinyinOf } from '#modules/organisation/index.ts'
import { chineseWords, officeWords } from './chinese.ts'

/** A password of at most this many listed words counts as common: attackers try two words and a year first. */
const wordsMax = 2

/** At most this many other characters are ignored: `password2026x`. */
const straysMax = 2

/** Keyboard rows and alphabets (neighbouring keys), read in both directions. */
const walks = [
  ...[
    'abcdefghijklmnopqrstuvwxyz',
    'qwertyuiop',
    'asdfghjkl',
    'zxcvbnm',
    'qweasdzxc',
    'qazwsxedcrfvtgbyhnujmikolp',
  ],
  ...[
    '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
    '1q2w3e4r5t6y7u8i9o0p',
    'q1w2e3r4t5y6u7i8o9p0',
    'a1b2c3d4e5f6g7h8i9',
  ],
  ...['qawsedrftgyhujikolp', '1a2b3c4d5e6f7g8h9i'],
].flatMap((walk) => [walk, [...walk].reverse().join('')])

/** Symbols and digits that replace letters: `p@ssw0rd`. */
const lookalikes: Readonly<Record<string, string>> = {
  ...{ '@': 'a', $: 's', '!': 'i', '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't' },
}

/**
 * Whether a password is one of those attackers try first: only digits, years and neighbouring keys, or at most two
 * listed words (Chinese, pinyin or English) with these around them.
 * @param names words that are listed for this account only, such as the name of its holder
 */
export function isCommon(password: string, names: readonly string[] = []): boolean {
  const listed = (word: string) => commonWords().has(word) || own.has(word)
  const own = new Set(names.flatMap(spellings))
  const typed = password.normalize('NFKC').toLowerCase()
  return [typed, withoutLookalikes(typed)].some((text) => isMadeOf(onceOnly(lettersOf(text)), listed))
}

let words: ReadonlySet<string> | undefined

/** Loaded when the first password is set; a service in which nobody sets one does not need them. */
function commonWords(): ReadonlySet<string> {
  words ??= new Set([
    ...readFileSync(new URL('./passwords.txt', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#')),
    ...officeWords,
    ...chineseWords.flatMap(spellings),
  ])
  return words
}

/** A word as written, and in pinyin. */
function spellings(word: string): string[] {
  const written = lettersOf(word.normalize('NFKC').toLowerCase())
  const [pinyin = ''] = pinyinOf(word).split(' ')
  return [written, pinyin].filter((spelling) => spelling.length >= 2)
}

const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')

const withoutLookalikes = (text: string) =>
  text.replace(/[@$!]|(?<=[a-z@$!])[013457](?=[a-z@$!])/g, (character) => lookalikes[character] ?? character)

/** A repeated word counts once: `woainiwoainiwoaini`. */
const onceOnly = (text: string) => text.replace(/^(.+?)\1+$/u, '$1')

const longestWord = 30

/**
 * Whether the text can be split into digits, keyboard walks, repeats, at most two listed words and at most two other
 * characters. Dynamic programming: for each position, the costs (words and other characters used) with which it can be
 * reached.
 */
function isMadeOf(text: string, listed: (word: string) => boolean): boolean {
  const characters = [...text]
  const ways: Set<number>[] = characters.map(() => new Set())
  ways.push(new Set())
  ways[0]?.add(0)
  const reach = (from: number, length: number, cost: number) => {
    for (const way of ways[from] ?? []) {
      const [usedWords, strays] = [Math.floor((way + cost) / 10), (way + cost) % 10]
      if (usedWords <= wordsMax && strays <= straysMax) ways[from + length]?.add(way + cost)
    }
  }
  for (let from = 0; from < characters.length; from++) {
    if (ways[from]?.size === 0) continue
    reach(from, 1, /[\p{Nd}〇零一二三四五六七八九]/u.test(characters[from] as string) ? 0 : 1)
    for (let length = 2; length <= Math.min(longestWord, characters.length - from); length++) {
      const piece = characters.slice(from, from + length).join('')
      if (length >= 3 && isFiller(piece)) reach(from, length, 0)
      if (listed(piece)) reach(from, length, 10)
    }
  }
  return (ways.at(-1)?.size ?? 0) > 0
}

const isFiller = (piece: string) => /^(.)\1+$/u.test(piece) || walks.some((walk) => walk.includes(piece))
