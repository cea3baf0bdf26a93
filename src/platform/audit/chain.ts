import type { DateTime } from 'luxon'
import { isoOf } from '#platform/time.ts'

/** What the first entry is chained to. */
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

export interface ChainedEntry {
  id: string
  at: DateTime
  action: string
  subject: string
  actorKind: string
  actorId: string | null
  address: string | null
  details: string
}

/** The text whose HMAC seals an entry. An array, so that no two different entries give the same text. */
export function sealedText(previousSeal: string, number: number, entry: ChainedEntry): string {
  const { id, at, action, subject, actorKind, actorId, address, details } = entry
  return JSON.stringify([
    previousSeal,
    number,
    id,
    isoOf(at),
    action,
    subject,
    actorKind,
    actorId,
    address,
    details,
  ])
}

export interface ChainEnds {
  retiredNumber: number
  retiredSeal: string
  number: number
  seal: string
  sealedAt: DateTime
}

/** The text whose HMAC guards the two ends of the chain. */
export function headText({ retiredNumber, retiredSeal, number, seal, sealedAt }: ChainEnds): string {
  return JSON.stringify(['head', retiredNumber, retiredSeal, number, seal, isoOf(sealedAt)])
}
