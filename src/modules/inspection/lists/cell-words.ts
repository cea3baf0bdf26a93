/** What cells of lists of points and standards say: classes, weights, counts, limits, choices. Pure. */

import { thresholdsFit } from '../schemes/standard-rules.ts'
import type { Threshold } from '../schemes/tables.ts'
import {
  type AnswerKind,
  answerKinds,
  type PhotoRule,
  type PointClass,
  photoRules,
  pointClasses,
  type Severity,
  type StandardClass,
  severities,
  standardClasses,
} from '../words.ts'

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/[\s()（）“”"]/g, '')
    .toLowerCase()

/** Other words that offices use for a class. */
const alsoClasses: Readonly<Record<string, PointClass>> = {
  小区: 'compound',
  住宅小区: 'compound',
  主干道: 'main_road',
  次干道: 'main_road',
  街巷: 'back_street',
  小街小巷: 'back_street',
  商业街: 'commercial_street',
  路口: 'crossing',
  菜市场: 'market',
  集贸市场: 'market',
  市场: 'market',
  公园广场: 'park',
  学校: 'school',
  校园: 'school',
  学校周边: 'school_surroundings',
  网吧: 'entertainment',
  客运总站: 'coach_station',
  汽车站: 'coach_station',
  公交站台: 'bus',
  公交车: 'bus',
  出租车: 'taxi',
  政务服务中心: 'government_hall',
  政务服务大厅: 'government_hall',
  窗口单位: 'service_hall',
  超市: 'mall',
  商场: 'mall',
  宾馆: 'hotel_restaurant',
  酒店: 'hotel_restaurant',
  饭店: 'hotel_restaurant',
  景区: 'scenic_area',
  工地: 'construction',
  公厕: 'sanitation',
  公共厕所: 'sanitation',
  新时代文明实践站: 'practice_station',
  村: 'village',
}
const alsoPhotos: Readonly<Record<string, PhotoRule>> = {
  否: 'never',
  不拍: 'never',
  无需: 'never',
  不达标拍照: 'on_failure',
  发现问题时: 'on_failure',
  有问题时: 'on_failure',
  是: 'always',
  每次: 'always',
  必拍: 'always',
}
const alsoSeverities: Readonly<Record<string, Severity>> = {
  一般: 'ordinary',
  突出: 'serious',
  较重: 'serious',
  严重: 'grave',
  重大: 'grave',
}
const alsoAnswers: Readonly<Record<string, AnswerKind>> = {
  达标: 'met',
  是否达标: 'met',
  计数: 'count',
  数量: 'count',
  问题数: 'count',
}

function keyOf<Key extends string>(
  text: string,
  words: Readonly<Record<Key, { zh: string; en: string }>>,
  also: Readonly<Record<string, Key>>,
): Key | undefined {
  const said = plain(text)
  const found = Object.entries<{ zh: string; en: string }>(words).find(
    ([key, { zh, en }]) => said === plain(zh) || said === plain(en) || said === key,
  )
  return (found?.[0] as Key | undefined) ?? (Object.hasOwn(also, said) ? also[said] : undefined)
}

export const pointClassIn = (text: string) => keyOf<PointClass>(text, pointClasses, alsoClasses)
export const standardClassIn = (text: string) =>
  keyOf<StandardClass>(text, standardClasses, {
    ...alsoClasses,
    全部: 'common',
    所有: 'common',
    各类: 'common',
  })
export const answerKindIn = (text: string) => keyOf<AnswerKind>(text, answerKinds, alsoAnswers)
export const photoRuleIn = (text: string) => keyOf<PhotoRule>(text, photoRules, alsoPhotos)
export const severityIn = (text: string) => keyOf<Severity>(text, severities, alsoSeverities)

/** A number as lists write it: 2, 1.5, 2分, ２. Undefined: it is none. */
export function numberIn(text: string): number | undefined {
  const digits = plain(text).replace(/[分%次处]$/, '')
  return /^-?\d{1,6}(?:\.\d{1,4})?$/.test(digits) ? Number(digits) : undefined
}

export function yesNoIn(text: string): boolean | undefined {
  const said = plain(text)
  if (/^(?:是|可|可以|允许|√|✓|y|yes|true|1)$/.test(said)) return true
  return /^(?:否|不可|不可以|不允许|×|n|no|false|0)$/.test(said) ? false : undefined
}

const step =
  /^(?:(?<over>超过|大于|>|多于)?(?:不超过|≤|<=|至多)?(?:(?<low>\d+)[-~至到])?(?<bound>\d+)(?=\D)(?:个|处|次|项|起)?(?<tail>以内|及以下|以下|以上|及以上)?|(?<rest>更多|以上|其余|其他|more))(?:[:=]|得|计|记|为)?(?<score>\d+(?:\.\d+)?%?|满分|不得分)分?$/

interface Step {
  /** The first count that it is of, where the words say one. */
  low: number | undefined
  upTo: number | null
  score: number
}

/**
 * What a count is worth, as lists write it: 0处100%；3处以内50%；3处以上0%. Undefined: it is not understood, a count is left out,
 * or more faults would score more.
 */
export function thresholdsIn(text: string): Threshold[] | undefined {
  const parts = text
    .normalize('NFKC')
    .split(/[;\n,、。]+/)
    .map(plain)
    .filter((part) => part !== '')
  const steps = parts.map(stepIn)
  if (steps.length === 0 || !steps.every((each) => each !== undefined)) return undefined
  const follows = steps.every(({ low, upTo }, n) => {
    const before = n === 0 ? -1 : steps[n - 1]!.upTo
    if (before === null || low === undefined) return before !== null
    // 3处以上 after 3处以内 is four and more; so is 4处以上.
    return low === before + 1 || (upTo === null && low === before)
  })
  const thresholds = steps.map(({ upTo, score }) => ({ upTo, score }))
  return follows && thresholdsFit(thresholds) ? thresholds : undefined
}

function stepIn(part: string): Step | undefined {
  const { over, low, bound, tail, rest, score: said } = step.exec(part)?.groups ?? {}
  const score = said === undefined ? undefined : scoreIn(said)
  if (score === undefined || score > 1) return undefined
  const open = rest !== undefined || over !== undefined || tail === '以上' || tail === '及以上'
  if (open) return { low: bound === undefined ? undefined : Number(bound), upTo: null, score }
  return { low: low === undefined ? undefined : Number(low), upTo: Number(bound), score }
}

function scoreIn(said: string): number {
  if (said === '满分') return 1
  if (said === '不得分') return 0
  return said.endsWith('%') ? Number(said.slice(0, -1)) / 100 : Number(said)
}
