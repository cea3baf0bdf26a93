import { and, eq, max } from 'drizzle-orm'
import { openBook } from '#modules/command/index.ts'
import { books } from '#modules/command/schema.ts'
import type { Writer } from '#platform/database/port.ts'
import type { Doing } from '#platform/http/access.ts'
import type { Today } from '../rounds/concerns.ts'
import { labelOf } from '../rounds/present.ts'
import type { RoundRow } from '../rounds/round-queries.ts'
import { cases, rounds } from '../schema.ts'

/** Where the cases of a visit stand: their book (整改清单), and what their numbers begin with. */
export interface CaseBook {
  bookId: string
  series: string
}

/** The book of a round, begun with its first case. */
export async function bookOfRound(tx: Writer, round: RoundRow, { by, at }: Doing): Promise<CaseBook> {
  const series = labelOf(round)
  const [now] = await tx.select({ bookId: rounds.bookId }).from(rounds).where(eq(rounds.id, round.id))
  if (now?.bookId) return { bookId: now.bookId, series }
  const { issuerUnitId, checkUnitId, title } = round
  const book = { kind: 'rectification' as const, title: `${title}整改清单`, issuerUnitId, checkUnitId }
  const bookId = await openBook(tx, book, { by, at })
  // Not under the version of the round: whoever has it open changes something else.
  await tx.update(rounds).set({ bookId }).where(eq(rounds.id, round.id))
  return { bookId, series }
}

/** The book of the patrols of a month, one for each unit that sends inspectors. */
export async function bookOfPatrols(
  tx: Writer,
  issuerUnitId: string,
  { by, at, timeZone }: Doing & Today,
): Promise<CaseBook> {
  const month = at.setZone(timeZone)
  const series = `P${month.toFormat('yyyy-MM')}`
  const [known] = await tx
    .select({ bookId: cases.bookId })
    .from(cases)
    .innerJoin(books, eq(books.id, cases.bookId))
    .where(and(eq(cases.series, series), eq(books.issuerUnitId, issuerUnitId)))
    .limit(1)
  if (known) return { bookId: known.bookId, series }
  const title = `${month.year}年${month.month}月巡查整改清单`
  const bookId = await openBook(tx, { kind: 'rectification', title, issuerUnitId }, { by, at })
  return { bookId, series }
}

/** The next number of a series: 2026-03-017. */
export async function nextNumber(
  tx: Writer,
  series: string,
): Promise<{ series: string; sequence: number; number: string }> {
  const [last] = await tx
    .select({ sequence: max(cases.sequence) })
    .from(cases)
    .where(eq(cases.series, series))
  const sequence = (last?.sequence ?? 0) + 1
  return { series, sequence, number: `${series}-${`${sequence}`.padStart(3, '0')}` }
}
