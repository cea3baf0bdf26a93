import { and, eq, inArray } from 'drizzle-orm'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Doing, type Reach, reachOf } from '#platform/http/access.ts'
import { changePerson } from '../change-person.ts'
import { addContact, removeContact } from '../contacts/change-contact.ts'
import { linkRecords } from '../linking/link-records.ts'
import { permitToLink } from '../linking/say-one-human.ts'
import type { LookUpReceipt } from '../lookups/guard-lookups.ts'
import type { MergeParticipant } from '../merging/merge-participants.ts'
import { mergePersons } from '../merging/merge-persons.ts'
import { assertIdentifiable, type Identifiable, type Permits, peopleReached } from '../permits/permits.ts'
import { personRequests, persons } from '../schema.ts'
import { reportDecision } from './file-from-person.ts'
import { openWanted } from './sealed.ts'

export type RequestRow = typeof personRequests.$inferSelect

const peopleOf = ({ personId, otherPersonId }: RequestRow) => [
  personId,
  ...(otherPersonId === null ? [] : [otherPersonId]),
]

const missing = () => new DomainError('missing', 'request.missing', 'There is no such request.')

/** @throws DomainError `request.missing` */
export async function requestRow(db: Reader, requestId: string): Promise<RequestRow> {
  const [row] = await db.select().from(personRequests).where(eq(personRequests.id, requestId))
  if (!row) throw missing()
  return row
}

/**
 * A request this user may decide: the user may identify all people it is about. For any other user it does not exist.
 * @throws DomainError `request.missing`
 */
async function decidable(
  tx: Writer,
  permits: Permits,
  reach: Reach,
  row: RequestRow,
): Promise<{ row: RequestRow; permit: Identifiable }> {
  const people = peopleOf(row)
  if ((await permits.identifiable(tx, reach, people)).size < new Set(people).size) throw missing()
  return { row, permit: await assertIdentifiable(tx, permits, reach, ...people) }
}

interface Deciding extends Doing {
  requestId: string
}

/**
 * Whether two records are one human is decided by whoever reaches both. @returns whether the request was such a question
 * @throws DomainError `request.missing`
 */
async function answerOneHuman(
  tx: Writer,
  keys: KeyRing,
  permits: Permits,
  {
    row,
    answer,
    reason,
    by,
    at,
  }: Doing & { row: RequestRow; answer: 'approved' | 'refused'; reason?: string },
): Promise<boolean> {
  if (row.kind !== 'one_human') return false
  const [reach, people] = [reachOf(by, 'persons.edit'), peopleOf(row)]
  const reached = await peopleReached(tx, reach, people)
  if (!people.every((id) => reached.covers(id))) throw missing()
  await permitToLink(tx, permits, reach, ...people)
  if (row.state === answer) return true
  await decide(tx, row, { state: answer, decidedBy: by.userId, decidedAt: at, reason: reason ?? null })
  await linkRecords(tx, keys, people, at)
  await recordDecision(tx, row, `person.request_${answer}`, { by, at })
  return true
}

/**
 * Approves a request and makes the requested change at once. The same rules apply as to a change by hand (an identity
 * number may already belong to somebody else within reach).
 * @throws DomainError `request.missing`, conflict `request.decided`, and what the change itself throws
 */
export async function approveRequest(
  tx: Writer,
  keys: KeyRing,
  { permits, participants }: { permits: Permits; participants: readonly MergeParticipant[] },
  { requestId, by, at, receipt }: Deciding & { receipt: LookUpReceipt },
): Promise<void> {
  const asked = await requestRow(tx, requestId)
  if (await answerOneHuman(tx, keys, permits, { row: asked, answer: 'approved', by, at })) return
  const { row, permit } = await decidable(tx, permits, reachOf(by, 'persons.edit'), asked)
  if (row.state === 'approved') return
  await decide(tx, row, { state: 'approved', decidedBy: by.userId, decidedAt: at })
  const { personId } = row
  const { contact, ...changes } = openWanted(keys, row)
  const doing = { permit, by, at }
  if (row.kind === 'merge') {
    const merging = { ...doing, keptId: personId, mergedId: row.otherPersonId as string }
    await mergePersons(tx, keys, participants, merging)
  } else if (row.kind === 'contact_removal') {
    await removeContact(tx, { ...doing, personId, contactId: row.contactId as string })
  } else if (contact) {
    await addContact(tx, keys, { ...doing, personId, contact, receipt })
  } else {
    const [person] = await tx
      .select({ version: persons.version })
      .from(persons)
      .where(eq(persons.id, personId))
    await changePerson(tx, keys, { ...doing, personId, version: person!.version, changes, receipt })
  }
  await recordDecision(tx, row, 'person.request_approved', { by, at })
}

/** @throws DomainError `request.missing`, conflict `request.decided` */
export async function refuseRequest(
  tx: Writer,
  keys: KeyRing,
  permits: Permits,
  { requestId, reason, by, at }: Deciding & { reason: string },
): Promise<void> {
  const asked = await requestRow(tx, requestId)
  if (await answerOneHuman(tx, keys, permits, { row: asked, answer: 'refused', reason, by, at })) return
  const { row } = await decidable(tx, permits, reachOf(by, 'persons.edit'), asked)
  if (row.state === 'refused') return
  await decide(tx, row, { state: 'refused', decidedBy: by.userId, decidedAt: at, reason })
  await recordDecision(tx, row, 'person.request_refused', { by, at })
}

/**
 * Only the user who filed a request can withdraw it.
 * @throws DomainError `request.missing`, conflict `request.decided`
 */
export async function withdrawRequest(tx: Writer, { requestId, by, at }: Deciding): Promise<void> {
  const row = await requestRow(tx, requestId)
  if (row.requestedBy !== by.userId) throw missing()
  if (row.state === 'withdrawn') return
  await decide(tx, row, { state: 'withdrawn', decidedBy: by.userId, decidedAt: at })
  await recordDecision(tx, row, 'person.request_withdrawn', { by, at })
}

/** Closes a request. The requested values are deleted, so that a refused number is not kept. */
async function decide(tx: Writer, { id }: RequestRow, set: Partial<RequestRow>): Promise<void> {
  const open = and(eq(personRequests.id, id), inArray(personRequests.state, ['open']))
  const decided = await tx
    .update(personRequests)
    .set({ ...set, wanted: null })
    .where(open)
    .returning({ id: personRequests.id })
  if (decided.length > 0) return
  throw new DomainError('conflict', 'request.decided', 'Somebody decided this request already.')
}

async function recordDecision(tx: Writer, row: RequestRow, action: string, { by, at }: Doing) {
  const { id, kind, personId } = row
  const details = { requestId: id, kind }
  await reportDecision(tx, row)
  await record(tx, { action, subject: `person:${personId}`, by, at, details })
}
