import type { DateTime } from 'luxon'
import { isoOf } from '#platform/time.ts'

/** The previous seal of the first entry. */
export const chainStart = 'muster-audit-1'

/** JSON with sorted keys: the same value always gives the same text. Undefined members are left out. */
export function canonicalJson(value: unknown): string {
  const byKey = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1)
  return JSON.stringify(value, (_, member) =>
    member && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(byKey))
      : member,
  )
}

export interface RecordedEntry {
  id: string
  at: DateTime
  action: string
  subject: string
  actorKind: string
  actorId: string | null
  address: string | null
  details: string
}

export interface ChainedEntry extends RecordedEntry {
  /** The MAC made when the entry was recorded; null in entries older than this feature. */
  mac: string | null
}

function fieldsOf({ id, at, action, subject, actorKind, actorId, address, details }: RecordedEntry) {
  return [id, isoOf(at), action, subject, actorKind, actorId, address, details]
}

/** The text of an entry's first HMAC, made when it is recorded. */
export function recordedText(entry: RecordedEntry): string {
  return JSON.stringify(['recorded', ...fieldsOf(entry)])
}

/** The text of an entry's seal, an HMAC. A JSON array, so that no two different entries give the same text. */
export function sealedText(previousSeal: string, number: number, entry: ChainedEntry): string {
  const recorded = entry.mac === null ? [] : [entry.mac]
  return JSON.stringify([previousSeal, number, ...fieldsOf(entry), ...recorded])
}

export interface ChainEnds {
  retiredNumber: number
  retiredSeal: string
  number: number
  seal: string
  sealedAt: DateTime
}

/** The text of the HMAC that protects the two ends of the chain. */
export function headText({ retiredNumber, retiredSeal, number, seal, sealedAt }: ChainEnds): string {
  return JSON.stringify(['head', retiredNumber, retiredSeal, number, seal, isoOf(sealedAt)])
}
