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
import { historyWords } from '#src/web/history/words.ts'
import { importsEn } from '#src/web/imports/words/en.ts'
import { importsZh } from '#src/web/imports/words/zh.ts'
import { areaWords as inspectionArea } from '#src/web/inspection/words/area.ts'
import { pointsEn } from '#src/web/inspection/words/points-en.ts'
import { pointsZh } from '#src/web/inspection/words/points-zh.ts'
import { roundsEn } from '#src/web/inspection/words/rounds-en.ts'
import { roundsZh } from '#src/web/inspection/words/rounds-zh.ts'
import { schemesEn } from '#src/web/inspection/words/schemes-en.ts'
import { schemesZh } from '#src/web/inspection/words/schemes-zh.ts'
import { templatesEn } from '#src/web/messaging/words/en.ts'
import { templatesZh } from '#src/web/messaging/words/zh.ts'
import { minorsEn } from '#src/web/minors/words/en.ts'
import { minorsZh } from '#src/web/minors/words/zh.ts'
import { areaWords } from '#src/web/organisation/words/area.ts'
import { organisationEn } from '#src/web/organisation/words/en.ts'
import { organisationZh } from '#src/web/organisation/words/zh.ts'
import { paletteWords } from '#src/web/palette/words.ts'
import { en as phoneEn } from '#src/web/phone/words/en.ts'
import { zh as phoneZh } from '#src/web/phone/words/zh.ts'
import { printEn } from '#src/web/print/words/en.ts'
import { printZh } from '#src/web/print/words/zh.ts'
import { colours, pairs } from '#src/web/tokens.ts'
import { accountsEn } from '#src/web/words/accounts-en.ts'
import { accountsZh } from '#src/web/words/accounts-zh.ts'
import { auditEn } from '#src/web/words/audit-en.ts'
import { auditZh } from '#src/web/words/audit-zh.ts'
import { en as officeEn } from '#src/web/words/en.ts'
import { gridEn } from '#src/web/words/grid-en.ts'
import { gridZh } from '#src/web/words/grid-zh.ts'
import { systemEn } from '#src/web/words/system-en.ts'
import { systemZh } from '#src/web/words/system-zh.ts'
import { zh as officeZh } from '#src/web/words/zh.ts'

const zh = {
  office: officeZh,
  phone: phoneZh,
  imports: importsZh,
  organisation: organisationZh,
  area: areaWords.zh,
  accounts: accountsZh,
  audit: auditZh,
  system: systemZh,
  grid: gridZh,
  minors: minorsZh,
  templates: templatesZh,
  palette: paletteWords.zh,
  print: printZh,
  history: historyWords.zh,
  inspection: inspectionArea.zh,
  points: pointsZh,
  rounds: roundsZh,
  schemes: schemesZh,
}
const en = {
  office: officeEn,
  phone: phoneEn,
  imports: importsEn,
  organisation: organisationEn,
  area: areaWords.en,
  accounts: accountsEn,
  audit: auditEn,
  system: systemEn,
  grid: gridEn,
  minors: minorsEn,
  templates: templatesEn,
  palette: paletteWords.en,
  print: printEn,
  history: historyWords.en,
  inspection: inspectionArea.en,
  points: pointsEn,
  rounds: roundsEn,
  schemes: schemesEn,
}

/** Every text with its key; functions are called with numbers where they count and texts where they name. */
function textsOf(words: object, at = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'function') return [[at + key, value(...Array(value.length).fill(3))]]
    return typeof value === 'string' ? [[at + key, value]] : textsOf(value, `${at}${key}.`)
  })
}

const both = {
  ...{ batchConflicts, eventOperations, eventStates, ownUnitPolicies, publicationProblems },
  ...{ eventSteps, stepReasons, stepStates },
}
const sliceTexts = Object.values(both).flatMap((texts) => Object.entries<{ zh: string; en: string }>(texts))

test('each language has every key, and takes the same values', () => {
  const keysOf = (words: object) => textsOf(words).map(([key]) => key)
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
  const latin = (text: string) => text.replace(/Asia\/Shanghai|\{\w+\}/g, '')
  expect(chinese.filter(([, text]) => /[A-Za-z]/.test(latin(text)))).toEqual([])
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
