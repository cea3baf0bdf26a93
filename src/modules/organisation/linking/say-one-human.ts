import { and, eq, inArray, or } from 'drizzle-orm'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing, Reach } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { assertNotMerged } from '../change-membership.ts'
import { assertIdentifiable, type Permits, type Reached, reachPeople } from '../permits/permits.ts'
import { personRequests, persons } from '../schema.ts'
import { isGrownUp } from './link-facts.ts'
import { linkRecords } from './link-records.ts'

export interface SayOneHuman extends Doing {
  personId: string
  otherPersonId: string
  /** True: the records are of one human; false: of two. */
  same: boolean
  permit: Reached
}

/**
 * Whoever reaches both records says whether they are one human. A minor's records are joined by whoever may identify
 * both: their school, or the city office.
 * @throws DomainError `person.missing`, forbidden `person.not_identifiable`
 */
export async function permitToLink(
  db: Reader,
  permits: Permits,
  reach: Reach,
  ...personIds: readonly string[]
): Promise<Reached> {
  const reached = await reachPeople(db, reach, ...personIds)
  const rows = await db
    .select({ adult: persons.adult, pupilAt: persons.pupilAt })
    .from(persons)
    .where(inArray(persons.id, [...personIds]))
  return rows.every(isGrownUp) ? reached : assertIdentifiable(db, permits, reach, ...personIds)
}

/**
 * Records that a user says two records are one human, or two. It holds until somebody says otherwise, answers an open
 * question about them, and is done at once. Repeating changes nothing.
 * @throws DomainError invalid `human.same_record`; conflict `person.merged`
 */
export async function sayOneHuman(tx: Writer, keys: KeyRing, saying: SayOneHuman): Promise<void> {
  const { personId, otherPersonId, same, permit, by, at } = saying
  permit.assertCovers(personId, otherPersonId)
  if (personId === otherPersonId) {
    throw new DomainError('invalid', 'human.same_record', 'Two different records are needed.')
  }
  await assertNotMerged(tx, personId)
  await assertNotMerged(tx, otherPersonId)
  if ((await areLinked(tx, personId, otherPersonId)) === same) return
  const state = same ? ('approved' as const) : ('refused' as const)
  const decided = { state, decidedBy: by.userId, decidedAt: at }
  const answered = await tx
    .update(personRequests)
    .set(decided)
    .where(and(aboutBoth(personId, otherPersonId), eq(personRequests.state, 'open')))
    .returning({ id: personRequests.id })
  if (answered.length === 0) {
    const asked = { id: newId(), kind: 'one_human' as const, personId, otherPersonId }
    await tx.insert(personRequests).values({ ...asked, ...decided, requestedBy: by.userId, requestedAt: at })
  }
  await linkRecords(tx, keys, [personId, otherPersonId], at)
  const action = same ? 'human.joined' : 'human.separated'
  await record(tx, { action, subject: `person:${personId}`, by, at, details: { otherPersonId } })
}

function aboutBoth(one: string, other: string) {
  return and(
    eq(personRequests.kind, 'one_human'),
    or(
      and(eq(personRequests.personId, one), eq(personRequests.otherPersonId, other)),
      and(eq(personRequests.personId, other), eq(personRequests.otherPersonId, one)),
    ),
  )
}

async function areLinked(db: Reader, one: string, other: string): Promise<boolean> {
  const rows = await db
    .select({ humanId: persons.humanId })
    .from(persons)
    .where(inArray(persons.id, [one, other]))
  return rows.length === 2 && rows[0]!.humanId !== null && rows[0]!.humanId === rows[1]!.humanId
}
