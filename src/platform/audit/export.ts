import type { Static } from 'typebox'
import type { Reader } from '#platform/database/port.ts'
import type { OutCell } from '#platform/files/index.ts'
import type { Language } from '#platform/http/language.ts'
import { pageOf } from '#platform/http/page.ts'
import { instantFrom } from '#platform/time.ts'
import type { AuditEntryView, AuditExportQuery } from './contract.ts'
import { presentEntries } from './present.ts'
import { listEntries } from './queries.ts'
import type { AuditTexts } from './texts.ts'

/** The largest export, in entries. Nobody reads more: filter first. */
const rowsMax = 50_000
const pageSize = 500

export const exportHeadings: Record<Language, string[]> = {
  zh: ['时间', '操作人', '事项', '对象类别', '对象', '网络地址', '链上序号', '详情'],
  en: ['Time', 'Who', 'What', 'Kind of thing', 'About', 'Network address', 'Number', 'Details'],
}

interface Telling {
  texts: AuditTexts
  language: Language
  timeZone: string
}

/** The entries that fit, the newest first, as rows of a spreadsheet; the newest `rowsMax` at most. */
export async function exportedRows(
  db: Reader,
  filter: Static<typeof AuditExportQuery>,
  telling: Telling,
): Promise<OutCell[][]> {
  const rows: OutCell[][] = []
  for (let cursor: string | null | undefined; cursor !== null && rows.length < rowsMax; ) {
    const found = await listEntries(db, { ...filter, ...(cursor ? { cursor } : {}) }, pageSize)
    const page = pageOf(found, pageSize, (row) => [row.at, row.id])
    const entries = await presentEntries(db, page.items, telling.texts, telling.language)
    rows.push(...entries.map((entry) => rowOf(entry, telling)))
    cursor = page.nextCursor
  }
  return rows.slice(0, rowsMax)
}

function rowOf(
  { at, actor, text, about, subject, number, details }: AuditEntryView,
  { timeZone }: Telling,
): OutCell[] {
  return [
    instantFrom(at).setZone(timeZone).toFormat('yyyy-MM-dd HH:mm:ss'),
    actor.name ?? actor.id ?? actor.kind,
    text,
    about.kind,
    about.name ?? subject.slice(subject.indexOf(':') + 1),
    actor.address ?? '',
    number ?? '',
    Object.keys(details).length > 0 ? JSON.stringify(details) : '',
  ]
}
