import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { envelopeOf } from '../data-key.ts'
import type { SheetRegister } from '../judge/register.ts'
import type { Column } from '../read/blocks.ts'
import type { Field } from '../read/fields/fields.ts'
import { headingsOf } from '../read/headings.ts'
import { personOfField } from '../read/owners.ts'
import type { SheetReading } from '../read/staged.ts'
import { type ImportRow, importSheets } from '../schema.ts'
import type { Headings } from '../sheet-contract.ts'
import { judgeAnew } from './decide.ts'

/** When a row names several people, a column without an owner belongs to the first one. */
function inParts(columns: readonly Column[]): Column[] {
  return columns.map((column) => {
    const own = column.field !== null && personOfField(column.field as Field) !== undefined
    return own ? { ...column, part: column.part ?? 0 } : column
  })
}

/** A list that no register reads would look as if its rows were imported already. */
function assertKnown({ list, columns }: Headings, registers: readonly SheetRegister[]): void {
  const { kinds, words } = headingsOf(registers)
  if (!Object.hasOwn(kinds, list))
    throw new DomainError('invalid', 'list.unknown', 'There is no such kind of list.', { list })
  const unknown = columns.find(({ field }) => field !== null && !Object.hasOwn(words, field))
  if (unknown)
    throw new DomainError('invalid', 'heading.unknown', 'There is no such field.', { field: unknown.field })
}

/**
 * Sets the heading row of a sheet and the fields of its columns; its rows are read and judged again.
 * @throws DomainError `import.not_judged`, `sheet.missing`, `version.stale`, `heading.repeated`,
 *   `list.unknown`, `heading.unknown`
 */
export async function correctHeadings(
  tx: Writer,
  {
    row,
    sheetId,
    version,
    headings,
    keys,
    registers,
    by,
    at,
  }: {
    row: ImportRow
    sheetId: string
    version: number
    headings: Headings
    keys: KeyRing
    registers: readonly SheetRegister[]
    by: Actor
    at: DateTime
  },
): Promise<void> {
  await judgeAnew(tx, { row, registers, by })
  const [sheet] = await tx
    .select()
    .from(importSheets)
    .where(and(eq(importSheets.id, sheetId), eq(importSheets.importId, row.id)))
  if (!sheet) throw new DomainError('missing', 'sheet.missing', 'This import has no such sheet.', { sheetId })
  assertVersion(sheet, version)
  const indexes = headings.columns.map(({ index }) => index)
  if (new Set(indexes).size !== indexes.length)
    throw new DomainError('invalid', 'heading.repeated', 'A column is named twice.')
  assertKnown(headings, registers)
  const envelope = envelopeOf(keys, row)
  const reading = envelope.open<SheetReading>(sheet.reading, `sheet/${sheetId}`)
  const columns = headings.columns
    .map(({ index, field, part }): Column => ({ index, field, heading: '', ...(part ? { part } : {}) }))
    .sort((a, b) => a.index - b.index)
  const { list, headingLine, defaults } = headings
  const parts = 1 + Math.max(0, ...columns.map(({ part = 0 }) => part))
  const fresh: SheetReading = {
    ...reading,
    layout: { list, headingLine, headingLines: 1, columns: parts > 1 ? inParts(columns) : columns, parts },
    readings: [],
    doubt: null,
    ...(defaults ? { given: defaults } : {}),
    corrected: true,
  }
  const sealed = envelope.seal(fresh, `sheet/${sheetId}`)
  await updateVersioned(tx, importSheets, sheetId, version, { list, reading: sealed })
  await record(tx, {
    action: 'import.headings_corrected',
    subject: `import:${row.id}`,
    by,
    at,
    details: { sheetId },
  })
}
