/** 各项率 of cases: each with the two whole numbers that it comes from. Pure. */
import { rateOf, type TaskFigures } from '#modules/command/pure.ts'

/** A rate as it is printed: `percent` has two decimals, and is null (—) where nothing is counted. */
export interface Rate {
  part: number
  whole: number
  percent: string | null
}

/** What each rate divides. */
const parts = {
  /** 整改率 = closed ÷ dated. */
  rectified: ['closedDated', 'dated'],
  /** 结案率 = closed ÷ due by then. */
  settled: ['closedDue', 'due'],
  /** 按期结案率 = what was reported in time and passed ÷ due and not suspended. */
  onTime: ['onTime', 'dueNotSuspended'],
  /** 返工率 = at least one failed check ÷ at least one report. */
  rework: ['sentBack', 'reported'],
  /** 延期率 = extended ÷ dated. */
  extended: ['extended', 'dated'],
  /** 反弹率 = opened again ÷ closed at least once. */
  recurrence: ['reopened', 'everClosed'],
} as const satisfies Record<string, readonly [keyof TaskFigures, keyof TaskFigures]>

export type RateKey = keyof typeof parts
export const rateKeys = Object.keys(parts) as RateKey[]

/** Every rate of these figures. Nothing else is divided by anything: least of all closed by all that was issued. */
export function ratesOf(figures: TaskFigures): Record<RateKey, Rate> {
  const rate = (key: RateKey): Rate => {
    const [part, whole] = [figures[parts[key][0]], figures[parts[key][1]]]
    return { part, whole, percent: rateOf(part, whole) }
  }
  return Object.fromEntries(rateKeys.map((key) => [key, rate(key)])) as Record<RateKey, Rate>
}
