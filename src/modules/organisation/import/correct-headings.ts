import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import type { Headings } from './contract.ts'
import { envelopeOf } from './data-key.ts'
import { judgeAnew } from './decide.ts'
import type { ImportRow } from './judge-import.ts'
import type { Column } from './layout.ts'
import { importSheets } from './schema.ts'
import type { SheetReading } from './staged.ts'

/**
 * Says where the headings of a sheet are and what its columns mean; its rows are read and judged again.
 * @throws DomainError `import.not_judged`, `sheet.missing`, `version.stale`, `heading.repeated`
 */
export async function correctHeadings(
  tx: Writer,
  {
    row,
    sheetId,
    version,
    headings,
    keys,
    by,
    at,
  }: {
    row: ImportRow
    sheetId: string
    version: number
    headings: Headings
    keys: KeyRing
    by: Actor
    at: DateTime
  },
): Promise<void> {
  await judgeAnew(tx, row, by)
  const [sheet] = await tx
    .select()
    .from(importSheets)
    .where(and(eq(importSheets.id, sheetId), eq(importSheets.importId, row.id)))
  if (!sheet) throw new DomainError('missing', 'sheet.missing', 'This import has no such sheet.', { sheetId })
  if (sheet.version !== version) {
    throw new DomainError('stale', 'version.stale', 'Somebody changed this since you last saw it.', {
      version: sheet.version,
    })
  }
  const indexes = headings.columns.map(({ index }) => index)
  if (new Set(indexes).size !== indexes.length)
    throw new DomainError('invalid', 'heading.repeated', 'A column is named twice.')
  const envelope = envelopeOf(keys, row)
  const reading = envelope.open<SheetReading>(sheet.reading, `sheet/${sheetId}`)
  const columns = headings.columns
    .map(({ index, field }): Column => ({ index, field, heading: '' }))
    .sort((a, b) => a.index - b.index)
  const { list, headingLine } = headings
  const fresh: SheetReading = {
    ...reading,
    layout: { list, headingLine, headingLines: 1, columns },
    corrected: true,
  }
  await tx
    .update(importSheets)
    .set({ list, reading: envelope.seal(fresh, `sheet/${sheetId}`), version: version + 1 })
    .where(eq(importSheets.id, sheetId))
  await record(tx, {
    action: 'import.headings_corrected',
    subject: `import:${row.id}`,
    by,
    at,
    details: { sheetId },
  })
}
