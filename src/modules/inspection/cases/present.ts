import type { DateTime } from 'luxon'
import { holds, isOverdue, stateOf } from '#modules/command/index.ts'
import { type Actor, may } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import type { CaseFlag } from '../words.ts'
import type { FullCase } from './case-rows.ts'
import type { CaseView, WholeCaseView } from './contract.ts'

/** A case as the API shows it; it names the finding unit, never the inspector. */
export function presentCase(full: FullCase, at: DateTime): CaseView {
  const { row, task, standard, point, zone, unit, foundBy } = full
  const { id, version, number, source, roundId, visitId, category, severity, districtCode } = row
  return {
    ...{ id, version, number, source, roundId, visitId, category, severity, districtCode },
    ...{ standard, point, zone, unit, foundBy, taskId: row.taskId, answeringStep: row.answeringStep },
    foundAt: isoOf(row.foundAt),
    taskState: task && stateOf(task),
    dueAt: task?.dueAt ? isoOf(task.dueAt) : null,
    overdue: task !== null && isOverdue(task, at),
    heldBecause: row.heldBecause,
    issuedWithoutPicturesAt: row.issuedWithoutPicturesAt && isoOf(row.issuedWithoutPicturesAt),
    recurrences: row.recurrences,
    recheckOutcome: row.recheckOutcome,
    flags: flagsOf(full),
    shiftId: row.shiftId,
    createdAt: isoOf(row.createdAt),
  }
}

function flagsOf({ row, oddPicture }: FullCase): CaseFlag[] {
  const flags: Record<CaseFlag, boolean> = {
    no_picture: row.issuedWithoutPicturesAt !== null,
    odd_picture: oddPicture,
    recurred: row.recurrences > 0,
    fell_back: row.recheckOutcome === 'fell_back',
  }
  return (Object.keys(flags) as CaseFlag[]).filter((flag) => flags[flag])
}

/** What the reader may do with a case now, beside the moves of its task. */
export function allowedOf({ row, issuer }: FullCase, reader: Actor): WholeCaseView['allowed'] {
  const runs = row.taskId === null && holds(reader, 'rounds.run', issuer)
  return {
    issue: runs && row.heldBecause === null,
    nameUnit: runs,
    draftShift: row.shiftId === null && may(reader, 'events.edit'),
  }
}
