import { eq } from 'drizzle-orm'
import { createShift } from '#modules/events/index.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { cases, standards } from '../schema.ts'
import { fullCase } from './case-queries.ts'
import type { CaseShift } from './contract.ts'

const workMax = 100

/**
 * Drafts a shift in an event for what a case asks for, at its zone. What a unit owes is no voluntary service: the shift is not
 * recordable until somebody changes that and says why. The unit reports all the same.
 * @throws DomainError `case.missing`, `version.stale`; conflict `case.shift_taken`; everything `createShift` throws
 */
export async function draftShift(
  tx: Writer,
  keys: KeyRing,
  { caseId, version, input, by, at }: Doing & { caseId: string; version: number; input: CaseShift },
): Promise<void> {
  const { row } = await fullCase(tx, caseId, by)
  assertVersion(row, version)
  if (row.shiftId)
    throw new DomainError('conflict', 'case.shift_taken', 'A shift was drafted from it already.')
  const [standard] = await tx
    .select({ text: standards.text })
    .from(standards)
    .where(eq(standards.id, row.standardId))
  const { eventId, ...stated } = input
  const work = `整改${row.number}：${standard!.text}`.slice(0, workMax)
  const { shift } = await createShift(tx, keys, {
    eventId,
    input: {
      ...{ ...stated, zoneId: row.zoneId, work },
      ...{ recordable: false, recordableReason: `整改问题${row.number}由责任单位组织，不计入志愿服务` },
    },
    by,
    at,
  })
  await updateVersioned(tx, cases, caseId, version, { shiftId: shift.id })
  const details = { shiftId: shift.id }
  await record(tx, { action: 'case.shift_drafted', subject: `case:${caseId}`, by, at, details })
}
