/** Rates as documents print them: each with the two whole numbers that it comes from. */
import { suspendsTooMuch, type TaskFigures } from '#modules/command/pure.ts'
import type { DocumentRow, Part } from '#platform/documents/index.ts'
import type { Language } from '#platform/http/language.ts'
import { type Rate, type RateKey, ratesOf } from '../rates/rates-rules.ts'
import { inspectionWords } from './words.ts'

/** 69.28%（203/293）; “—” where nothing is counted. */
export function rateText({ percent, part, whole }: Rate, language: Language): string {
  const words = inspectionWords[language]
  return percent === null ? words.none : words.rate(words.percent(percent), part, whole)
}

/** What became of cases, as a sentence. */
export function casesParts(figures: TaskFigures, language: Language): Part[] {
  const words = inspectionWords[language]
  const rates = Object.entries(ratesOf(figures)).map(([key, rate]) => [key, rateText(rate, language)])
  const said = { ...figures, ...(Object.fromEntries(rates) as Record<RateKey, string>) }
  return [
    { part: 'paragraph', text: words.casesText(said) },
    ...(suspendsTooMuch(figures)
      ? [{ part: 'paragraph', text: words.suspendsTooMuch, tone: 'warn' } as const]
      : []),
  ]
}

interface CasesTable {
  caption: string
  /** What the rows are of. */
  of: 'district' | 'street' | 'name'
  rows: readonly { name: string; figures: TaskFigures }[]
  total?: TaskFigures
}

/** What became of the cases of each district or unit, and of all together. */
export function casesTable({ caption, of, rows, total }: CasesTable, language: Language): Part {
  const { columns, total: all } = inspectionWords[language]
  const row = (name: string, figures: TaskFigures): DocumentRow => {
    const { rectified, onTime } = ratesOf(figures)
    return [
      name,
      figures.issued,
      figures.closed,
      rateText(rectified, language),
      rateText(onTime, language),
      figures.overdue,
    ]
  }
  return {
    part: 'table',
    caption,
    columns: [
      { title: columns[of], width: 24 },
      { title: columns.issued, width: 9, align: 'right' },
      { title: columns.closed, width: 9, align: 'right' },
      { title: columns.rectified, width: 22, align: 'right' },
      { title: columns.onTimeRate, width: 22, align: 'right' },
      { title: columns.overdue, width: 9, align: 'right' },
    ],
    rows: [...rows.map(({ name, figures }) => row(name, figures)), ...(total ? [row(all, total)] : [])],
  }
}
