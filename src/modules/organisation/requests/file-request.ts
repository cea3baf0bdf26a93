import { and, eq } from 'drizzle-orm'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { assertNotMerged } from '../change-membership.ts'
import type { Reached } from '../permits/permits.ts'
import { personContacts, personRequests } from '../schema.ts'
import type { RequestKind } from '../words.ts'
import type { PersonRequestCreation } from './contract.ts'
import { sealWanted, type Wanted } from './sealed.ts'

/**
 * The largest number of open requests of one user about one person, so that nobody is put under pressure by repetition.
 */
const openMax = 5

/**
 * Files a request to change a person whom the user reaches but for whom others are responsible too. Nothing is compared
 * with known data, so filing reveals nothing.
 * @throws DomainError invalid `request.unclear` unless exactly one thing is asked for; `contact.missing`,
 *   `person.merged`; conflict `request.too_many`
 */
export async function fileRequest(
  tx: Writer,
  keys: KeyRing,
  {
    personId,
    permit,
    asked,
    by,
    at,
  }: Doing & { personId: string; permit: Reached; asked: PersonRequestCreation },
): Promise<string> {
  permit.assertCovers(personId, ...(asked.merge ? [asked.merge.otherPersonId] : []))
  const { kind, wanted } = readAsked(asked)
  await assertNotMerged(tx, personId)
  if (asked.contactRemoval) await assertHas(tx, personId, asked.contactRemoval.contactId)
  await assertFewOpen(tx, personId, by.userId)
  const id = newId()
  await tx.insert(personRequests).values({
    ...{ id, kind, personId, note: asked.note ?? null, state: 'open' as const },
    otherPersonId: asked.merge?.otherPersonId ?? null,
    contactId: asked.contactRemoval?.contactId ?? null,
    wanted: wanted && sealWanted(keys, id, wanted),
    requestedBy: by.userId,
    requestedAt: at,
  })
  const details = { requestId: id, kind }
  await record(tx, { action: 'person.request_filed', subject: `person:${personId}`, by, at, details })
  return id
}

function readAsked({ change, contact, contactRemoval, merge }: PersonRequestCreation): {
  kind: RequestKind
  wanted: Wanted | null
} {
  const asked = [
    change && { kind: 'change' as const, wanted: change },
    contact && { kind: 'contact' as const, wanted: { contact } },
    contactRemoval && { kind: 'contact_removal' as const, wanted: null },
    merge && { kind: 'merge' as const, wanted: null },
  ].filter((each) => each !== undefined)
  if (asked.length === 1) return asked[0]!
  throw new DomainError('invalid', 'request.unclear', 'A request asks for one thing.')
}

async function assertHas(db: Reader, personId: string, contactId: string): Promise<void> {
  const has = and(eq(personContacts.personId, personId), eq(personContacts.contactId, contactId))
  if ((await db.$count(personContacts, has)) > 0) return
  throw new DomainError('missing', 'contact.missing', 'There is no such contact.', { contactId })
}

async function assertFewOpen(db: Reader, personId: string, userId: string): Promise<void> {
  const mine = and(
    eq(personRequests.personId, personId),
    eq(personRequests.requestedBy, userId),
    eq(personRequests.state, 'open'),
  )
  if ((await db.$count(personRequests, mine)) < openMax) return
  throw new DomainError('conflict', 'request.too_many', 'Your requests on this person wait for a decision.')
}
