/** Refusing and skipping rows. */
import { headingOf } from '../read/entry.ts'
import type { Field, FieldName } from '../read/fields/fields.ts'
import type { DataRow } from '../read/staged.ts'
import type { OwnReason, Reason, Remark } from '../reasons.ts'
import type { Judging } from './verdicts.ts'

/** Adds an error for one field of a row. @param reason one of imports, or one of the register's own with its texts */
export function refuse(
  judging: Judging,
  field: FieldName | null,
  reason: Reason | OwnReason,
  about?: { value?: string; row?: DataRow },
): void {
  const column = field === null ? null : headingOf(judging.row.sheet.reading.layout.columns, field)
  judging.problems.push({
    column,
    field,
    value: about?.value ?? null,
    reason,
    ...(about?.row ? { line: about.row.line } : {}),
  })
}

/** Skips rows about things that the importer may not write, with a remark. */
export function putAside(rows: readonly Judging[], because: Remark): void {
  for (const judging of rows) {
    judging.skipped = true
    judging.remarks.push(because)
  }
}

/**
 * A row whose unit or team comes from a row that is not imported waits for the same answer, is skipped or refused too.
 */
export function goWith(judging: Judging, blocked: Judging, field: Field): void {
  if (blocked.waitsFor.length > 0 && blocked.problems.length === 0) judging.waitsFor.push(...blocked.waitsFor)
  else if (blocked.skipped) judging.skipped = true
  else refuse(judging, field, 'unit.not_taken', { row: blocked.row })
}
