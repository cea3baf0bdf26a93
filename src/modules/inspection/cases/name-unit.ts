import { and, eq, isNull } from 'drizzle-orm'
import { holds } from '#modules/command/index.ts'
import { books } from '#modules/command/schema.ts'
import { outOfReach } from '#modules/events/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { cases } from '../schema.ts'
import { fullCase } from './case-queries.ts'
import { hasChecker } from './issue-case.ts'

/**
 * Names who answers for a case that could not be issued, because nobody was found or nobody could sign it off there.
 * @throws DomainError `case.missing`, `unit.missing`, `access.out_of_reach`, `version.stale`; conflict `case.issued`,
 * `case.nobody_checks`
 */
export async function nameUnit(
  tx: Writer,
  { caseId, version, unitId, by, at }: Doing & { caseId: string; version: number; unitId: string },
): Promise<void> {
  const { row } = await fullCase(tx, caseId, by)
  const [issuer] = await tx
    .select({ path: units.path, districtCode: units.districtCode })
    .from(books)
    .innerJoin(units, eq(units.id, books.issuerUnitId))
    .where(eq(books.id, row.bookId))
  if (!issuer || !holds(by, 'rounds.run', issuer)) throw outOfReach()
  assertVersion(row, version)
  if (row.taskId) throw new DomainError('conflict', 'case.issued', 'The case was issued.')
  const [unit] = await tx
    .select({ path: units.path, districtCode: units.districtCode })
    .from(units)
    .where(and(eq(units.id, unitId), isNull(units.closedAt)))
  // As where a task is written: whoever names a unit gives it what it owes.
  if (!unit || !holds(by, 'rounds.run', unit))
    throw new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId })
  if (!(await hasChecker(tx, row.bookId, unitId)))
    throw new DomainError('conflict', 'case.nobody_checks', 'Nobody could sign it off there.')
  const named = { unitId, answeringStep: 'named' as const, heldBecause: null }
  await updateVersioned(tx, cases, caseId, version, named)
  await record(tx, { action: 'case.unit_named', subject: `case:${caseId}`, by, at, details: { unitId } })
}
