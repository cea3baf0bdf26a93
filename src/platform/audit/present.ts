import type { Reader } from '#platform/database/port.ts'
import type { Language } from '#platform/http/language.ts'
import { isoOf } from '#platform/time.ts'
import type { AuditEntryView } from './contract.ts'
import type { AuditRow } from './queries.ts'
import type { AuditTexts } from './texts.ts'

/** The kind and the id of a subject: `user:018f…`. */
function partsOf(subject: string): [kind: string, id: string] {
  const at = subject.indexOf(':')
  return at < 0 ? [subject, ''] : [subject.slice(0, at), subject.slice(at + 1)]
}

/** Entries as people read them: what was done in words, by whom and to what by name where an auditor may read it. */
export async function presentEntries(
  db: Reader,
  rows: readonly AuditRow[],
  texts: AuditTexts,
  language: Language,
): Promise<AuditEntryView[]> {
  const named = await namesIn(db, rows, texts)
  return rows.map((row) => {
    const [kind, id] = partsOf(row.subject)
    return {
      id: row.id,
      number: row.number,
      at: isoOf(row.at),
      action: row.action,
      text: texts.actions[row.action]?.[language] ?? row.action,
      subject: row.subject,
      about: { kind: texts.subjects[kind]?.[language] ?? kind, name: named.get(kind)?.get(id) ?? null },
      actor: {
        kind: row.actorKind,
        id: row.actorId,
        name: row.actorKind === 'user' ? (named.get('user')?.get(row.actorId ?? '') ?? null) : null,
        address: row.address,
      },
      details: JSON.parse(row.details) as Record<string, unknown>,
    }
  })
}

/** The names of everything these entries are about, and of the users who acted: a statement for each kind. */
async function namesIn(
  db: Reader,
  rows: readonly AuditRow[],
  { names }: AuditTexts,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const wanted = new Map<string, Set<string>>()
  const want = (kind: string, id: string | null) => {
    if (id && kind in names) wanted.set(kind, (wanted.get(kind) ?? new Set()).add(id))
  }
  for (const { subject, actorKind, actorId } of rows) {
    want(...partsOf(subject))
    if (actorKind === 'user') want('user', actorId)
  }
  const found = new Map<string, ReadonlyMap<string, string>>()
  for (const [kind, ids] of wanted) found.set(kind, (await names[kind]?.(db, [...ids])) ?? new Map())
  return found
}
