import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import type { Answer, RevokedBecause } from './words.ts'

/** What one personal link stands for, as of now. */
export interface LinkedParticipation {
  participationId: string
  generation: number
  revokedAt: DateTime | null
  answer: Answer | null
  person: { id: string; name: string; birthDate: string | null }
  teamId: string | null
  event: {
    id: string
    name: string
    timeZone: string
    startsAt: DateTime
    endsAt: DateTime
    cancelledAt: DateTime | null
  }
  /** Not cancelled, in order of time; declined and excused ones included, as their fields say. */
  assignments: LinkedAssignment[]
}

export interface LinkedAssignment {
  id: string
  answer: Answer | null
  excusedAt: DateTime | null
  shift: {
    id: string
    task: string
    startsAt: DateTime
    endsAt: DateTime
    meetingPoint: string | null
    tools: string | null
    risks: string | null
    recordable: boolean
    cancelledAt: DateTime | null
    inCharge: { id: string; name: string } | null
    deputy: { id: string; name: string } | null
  }
  zone: { id: string; name: string }
}

/** Finds whom a personal link stands for by its keyed hash, in one query. Undefined: no such link. */
export async function participationByLink(
  _reader: Reader,
  _keys: KeyRing,
  _token: string,
): Promise<LinkedParticipation | undefined> {
  throw new Error('not yet')
}

export interface LinkRevocation {
  participationId: string
  because: RevokedBecause
  at: DateTime
}

/**
 * "不是本人": the link dies at once and its generation is over; the contact it went to is marked wrong, and the fact
 * `participation.link_revoked` tells the leader. Idempotent.
 * @throws DomainError `participation.missing`
 */
export async function revokeLink(_tx: Writer, _revocation: LinkRevocation): Promise<void> {
  throw new Error('not yet')
}
