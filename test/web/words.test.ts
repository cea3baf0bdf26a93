/** What the console says: the same in both languages, each in its own, and how it looks readable. */
import { expect, test } from 'vitest'
import { eventSteps, stepReasons, stepStates } from '#modules/desk/words.ts'
import {
  batchConflicts,
  eventOperations,
  eventStates,
  ownUnitPolicies,
  publicationProblems,
} from '#modules/events/words.ts'
import { colours, pairs } from '#src/web/tokens.ts'
import { readDictionaries } from '#test/support/dictionaries.ts'

const { zh, en } = await readDictionaries()

/** What a text may be about: several, one or none; names, lists of them, counts with names of their own. */
const counts = new Proxy({}, { get: (_, name) => (typeof name === 'string' ? 3 : undefined) })
const about = [3, 1, 0, '3', ['3'], counts]

/** What a text with values says, of all values that it takes: one with a choice in it is read on each side. */
function spoken(text: (...values: unknown[]) => unknown): string[] {
  const said = about.flatMap((value) => {
    try {
      return String(text(...Array(text.length).fill(value)))
    } catch (error) {
      if (error instanceof TypeError) return []
      throw error
    }
  })
  const sensible = said.filter((text) => text !== '' && !/undefined|NaN|\[object/.test(text))
  return sensible.length > 0 ? [...new Set(sensible)] : ['']
}

/** Every text with its key. */
function textsOf(words: object, at = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'function') return spoken(value).map((text) => [at + key, text])
    return typeof value === 'string' ? [[at + key, value]] : textsOf(value, `${at}${key}.`)
  })
}

const both = {
  ...{ batchConflicts, eventOperations, eventStates, ownUnitPolicies, publicationProblems },
  ...{ eventSteps, stepReasons, stepStates },
}
const sliceTexts = Object.values(both).flatMap((texts) => Object.entries<{ zh: string; en: string }>(texts))

test('each language has every key, and takes the same values', () => {
  const keysOf = (words: object) => [...new Set(textsOf(words).map(([key]) => key))].sort()
  expect(Object.keys(zh).length).toBeGreaterThan(35)
  expect(keysOf(en)).toEqual(keysOf(zh))
  expect(keysOf(zh).length).toBeGreaterThan(100)
  expect(textsOf(zh).filter(([, text]) => text.trim() === '')).toEqual([])
})

test('no Chinese stands in the English words, and no English in the Chinese', () => {
  // The switch names the other language in that language; a zone of time has one name.
  const own = (texts: [string, string][]) => texts.filter(([key]) => !/\.language$/.test(key))
  const english = [
    ...own(textsOf(en)),
    ...sliceTexts.map(([key, { en: text }]): [string, string] => [key, text]),
  ]
  expect(english.filter(([, text]) => /\p{Script=Han}|[，。：；（）]/u.test(text))).toEqual([])
  const chinese = [
    ...own(textsOf(zh)),
    ...sliceTexts.map(([key, { zh: text }]): [string, string] => [key, text]),
  ]
  // Grades and keys are one letter, two formats of files have no other name.
  const latin = (text: string) => text.replace(/Asia\/Shanghai|\{\w+\}|Word|PDF/g, '')
  expect(chinese.filter(([, text]) => /[A-Za-z]{2,}/.test(latin(text)))).toEqual([])
})

/** The contrast of two colours by WCAG 2. */
function contrast(one: string, other: string): number {
  const light = (colour: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [high = 0, low = 0] = [light(one), light(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

test('every text can be read on what it stands on', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21)
  const pale = pairs.filter(([ink, ground]) => contrast(colours[ink], colours[ground]) < 4.5)
  expect(pale).toEqual([])
})
