import type { Check } from '../report.ts'
import type { Size } from './world.ts'

/** What has to be so once everything was played. */
export function checksOf(
  // biome-ignore lint/suspicious/noExplicitAny: the figures as they were answered
  { figures, rates }: any,
  carried: number,
  { cases, dated, closed }: Size,
): Check[] {
  return [
    { what: '测评问题：交办 · cases issued', wanted: cases, found: figures.issued },
    { what: '测评问题：限期 · with a deadline', wanted: dated, found: rates.rectified.whole },
    { what: '测评问题：销号 · closed', wanted: closed, found: rates.rectified.part },
    { what: '结转年度计划 · carried into year plans', wanted: cases - closed, found: carried },
  ]
}
