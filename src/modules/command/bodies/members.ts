import { and, eq, isNull } from 'drizzle-orm'
import { currentPerson, minorsAmong, reachPerson } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Doing, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { bodyMembers } from '../schema.ts'
import type { BodyRole } from '../words.ts'
import { bodyRow } from './body-queries.ts'
import type { BodyMemberCreation } from './contract.ts'

type Who = 'unitId' | 'personId' | 'districtCode'

/** What each role can be: units lead, adults chair and advise; a group is in charge of units and districts. */
const fits: Record<BodyRole, readonly Who[]> = {
  lead: ['unitId'],
  member: ['unitId'],
  chair: ['personId'],
  counsellor: ['personId'],
  charge: ['unitId', 'districtCode'],
}

/**
 * Adds a unit, an adult within reach, or a district to a working body.
 * @param today the first day of the membership, if it names none
 * @throws DomainError `body.missing`, `unit.missing`, `person.missing`; invalid `body.member_unfit`;
 * conflict `body.member_taken`
 */
export async function addMember(
  tx: Writer,
  keys: KeyRing,
  { bodyId, input, today, by, at }: Doing & { bodyId: string; input: BodyMemberCreation; today: string },
): Promise<void> {
  await bodyRow(tx, bodyId)
  const { role, unitId, districtCode, since = today } = input
  const named = (['unitId', 'personId', 'districtCode'] as const).filter((who) => input[who] !== undefined)
  const [who] = named
  if (named.length !== 1 || !fits[role].includes(who!)) throw unfit()
  if (unitId) await assertUnit(tx, unitId)
  const personId = input.personId && (await currentPerson(tx, input.personId))
  if (personId) {
    await reachPerson(tx, reachOf(by, 'persons.read'), personId)
    const minors = await minorsAmong(tx, keys, { personIds: [personId], day: today })
    if (minors.has(personId)) throw unfit()
  }
  const id = newId()
  const added = await tx
    .insert(bodyMembers)
    .values({ id, bodyId, role, unitId, personId, districtCode, since, createdAt: at })
    .onConflictDoNothing()
    .returning({ id: bodyMembers.id })
  if (added.length === 0)
    throw new DomainError('conflict', 'body.member_taken', 'This is a member of the body already.')
  await record(tx, {
    action: 'body.member_added',
    subject: `body:${bodyId}`,
    by,
    at,
    details: { id, role },
  })
}

/** Ends a membership. Doing it again changes nothing. @throws DomainError `body.member_missing` */
export async function removeMember(
  tx: Writer,
  { bodyId, memberId, by, at }: Doing & { bodyId: string; memberId: string },
): Promise<void> {
  const of = and(eq(bodyMembers.id, memberId), eq(bodyMembers.bodyId, bodyId))
  const [member] = await tx.select().from(bodyMembers).where(of)
  if (!member)
    throw new DomainError('missing', 'body.member_missing', 'The body has no such member.', { memberId })
  if (member.leftAt) return
  await tx
    .update(bodyMembers)
    .set({ leftAt: at })
    .where(and(of, isNull(bodyMembers.leftAt)))
  const details = { id: memberId }
  await record(tx, { action: 'body.member_removed', subject: `body:${bodyId}`, by, at, details })
}

async function assertUnit(tx: Writer, unitId: string): Promise<void> {
  const [unit] = await tx.select({ id: units.id }).from(units).where(eq(units.id, unitId))
  if (!unit) throw new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId })
}

const unfit = () =>
  new DomainError(
    'invalid',
    'body.member_unfit',
    'A role in a body is held by a unit, by an adult or by a district, as the role says.',
  )
