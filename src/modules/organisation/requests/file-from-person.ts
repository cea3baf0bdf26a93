import { and, desc, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { assertNotMerged } from '../change-membership.ts'
import { readContact } from '../numbers.ts'
import { personRequests } from '../schema.ts'
import type { Relation } from '../words.ts'
import { sealWanted, type Wanted } from './sealed.ts'

/** The largest number of open requests of one person. */
const openMax = 3

const fromLink = 'link:'

/** Whether the person asked for it themselves, by a personal link. */
export function isByPerson({ requestedBy }: { requestedBy: string }): boolean {
  return requestedBy.startsWith(fromLink)
}

export interface OwnCorrection {
  personId: string
  /** The personal link, by what it belongs to. */
  link: string
  /** The right name, or the right number; exactly one. */
  name?: string
  phone?: string
  /** Whose number it is. */
  relation: Relation
  at: DateTime
}

/**
 * A correction that somebody asks for behind their own link, into the queue of all requests. Nothing is compared with
 * what is known, and nothing changes until somebody who may identify the person approves it.
 * @throws DomainError invalid `request.unclear`, `contact.invalid`; conflict `person.merged`, `request.too_many`
 */
export async function fileFromPerson(
  tx: Writer,
  keys: KeyRing,
  { personId, link, name, phone, relation, at }: OwnCorrection,
): Promise<string> {
  if ((name === undefined) === (phone === undefined))
    throw new DomainError('invalid', 'request.unclear', 'A request asks for one thing.')
  if (phone !== undefined && readContact('phone', phone) === undefined)
    throw new DomainError('invalid', 'contact.invalid', 'This is not a phone number.')
  await assertNotMerged(tx, personId)
  const requestedBy = `${fromLink}${link}`
  const waiting = (await ownCorrections(tx, personId)).filter(({ state }) => state === 'open')
  if (waiting.length >= openMax)
    throw new DomainError('conflict', 'request.too_many', 'Your requests on this person wait for a decision.')
  const wanted: Wanted =
    phone === undefined ? { name: name! } : { contact: { kind: 'phone', value: phone, relation } }
  const id = newId()
  const kind = phone === undefined ? ('change' as const) : ('contact' as const)
  const row = { id, kind, personId, wanted: sealWanted(keys, id, wanted), state: 'open' as const }
  await tx.insert(personRequests).values({ ...row, requestedBy, requestedAt: at })
  const details = { requestId: id, kind, via: 'link' }
  await record(tx, {
    action: 'person.request_filed',
    subject: `person:${personId}`,
    by: { link },
    at,
    details,
  })
  return id
}

/** What somebody asked for behind their own link, newest first, without the values. */
export async function ownCorrections(db: Reader, personId: string) {
  const rows = await db
    .select()
    .from(personRequests)
    .where(eq(personRequests.personId, personId))
    .orderBy(desc(personRequests.id))
  return rows.filter(isByPerson).map(({ id, kind, state, reason, requestedAt, decidedAt }) => {
    return { id, kind, state, reason, requestedAt, decidedAt }
  })
}
export type OwnRequest = Awaited<ReturnType<typeof ownCorrections>>[number]

/** One decided request that its person made, for telling them. */
export async function decidedOwnRequest(db: Reader, requestId: string) {
  const [row] = await db
    .select()
    .from(personRequests)
    .where(and(eq(personRequests.id, requestId)))
  return row && isByPerson(row) && row.state !== 'open' ? row : undefined
}

/** Reports the decision on what a person asked for, so that they are told. */
export async function reportDecision(
  tx: Writer,
  request: { id: string; requestedBy: string },
): Promise<void> {
  if (isByPerson(request)) await enqueue(tx, 'person.request_decided', { requestId: request.id })
}
