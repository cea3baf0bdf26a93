import { and, eq, inArray, isNull, ne, notInArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { type Doing, type Reach, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { ageBandOn, bornOn } from './ages.ts'
import { assertNotMerged, assertTeamsOpen } from './change-membership.ts'
import type { LookUpReceipt } from './lookups/guard-lookups.ts'
import { matchPersons } from './matching/match-persons.ts'
import { searchNameOf } from './names.ts'
import { birthDateIn, readIdentityNumber } from './numbers.ts'
import type { Identifiable, Reached } from './permits/permits.ts'
import { nobodyKnown, peopleReached } from './permits/permits.ts'
import type { PersonInput } from './person-input.ts'
import { pinyinOf } from './pinyin.ts'
import { assertTeamsWithin, personsWithin } from './reach-conditions.ts'
import { savePersons } from './saving/save-persons.ts'
import { personSkills, persons } from './schema.ts'
import { openParticulars, sealIdentity, sealParticulars } from './sealed.ts'
import type { Sex } from './words.ts'

/**
 * Creates a person by hand, in at least one team. Only people within the user's reach are compared: if the same human
 * being is known elsewhere, a second record is made here.
 * @param evenIfKnown enters them although somebody of this name is known by the same contact or unit
 * @throws DomainError `team.missing`, `team.closed`, `person.known`, `identity.taken`, and what `savePersons` throws
 */
export async function createPerson(
  tx: Writer,
  keys: KeyRing,
  input: PersonInput,
  { evenIfKnown, by, at }: Doing & { evenIfKnown: boolean; receipt: LookUpReceipt },
): Promise<string> {
  const teamIds = (input.memberships ?? []).map(({ teamId }) => teamId)
  const reach = reachOf(by, 'persons.edit')
  await assertTeamsWithin(tx, reach, teamIds)
  await assertTeamsOpen(tx, teamIds)
  assertBirthPossible(input.birthDate, at)
  if (!evenIfKnown) await assertUnknown(tx, keys, reach, input)
  await assertIdentityFree(tx, keys, reach, { typed: input.identityNumber })
  const { ids } = await savePersons(tx, keys, [{ ...input, id: undefined }], { permits: nobodyKnown, at })
  const personId = ids[0]!
  await record(tx, { action: 'person.created', subject: `person:${personId}`, by, at })
  return personId
}

async function assertUnknown(db: Reader, keys: KeyRing, reach: Reach, input: PersonInput): Promise<void> {
  const [match] = await matchPersons(db, keys, reach, [{ ...input, id: undefined }])
  if (!match || match.found === 'none') return
  throw new DomainError('conflict', 'person.known', 'Somebody like this is known already.', {
    because: match.found === 'one' ? match.by : match.because,
    personIds: match.found === 'one' ? [match.personId] : match.personIds,
  })
}

interface OtherFields {
  sex?: Sex | null
  residence?: string | null
  serviceCategory?: string | null
  skills?: string[]
}

interface IdentifyingFields {
  name?: string
  birthDate?: string | null
  identityNumber?: string | null
}

export type PersonChanges = OtherFields & IdentifyingFields
/** The changes a user may make who reaches the person through any one of the person's teams or units. */
export type NonIdentifyingChanges = OtherFields & { [K in keyof IdentifyingFields]?: never }

/** A change together with the permit it needs. */
export type PermittedChange =
  | { permit: Identifiable; changes: PersonChanges }
  | { permit: Reached; changes: NonIdentifyingChanges }

/** Whether a change leaves name, birth date and identity number unchanged. */
export function isNonIdentifying(changes: PersonChanges): changes is NonIdentifyingChanges {
  return changes.name === undefined && changes.birthDate === undefined && changes.identityNumber === undefined
}

/**
 * @throws DomainError `person.merged`, `version.stale`, `identity.invalid`, `identity.taken`, `birth_date.impossible`,
 * `birth_date.office_only`
 */
export async function changePerson(
  tx: Writer,
  keys: KeyRing,
  {
    personId,
    version,
    permit,
    changes,
    by,
    at,
  }: Doing & PermittedChange & { personId: string; version: number; receipt: LookUpReceipt },
): Promise<void> {
  const reach = reachOf(by, 'persons.edit')
  permit.assertCovers(personId)
  await assertNotMerged(tx, personId)
  assertBirthPossible(changes.birthDate, at)
  await assertIdentityFree(tx, keys, reach, { typed: changes.identityNumber, exceptId: personId })
  await assertOfficeSaysOfAge(tx, { personId, changes, reach, at })
  const { skills, name, identityNumber, birthDate, residence, ...columns }: PersonChanges = changes
  const set = {
    ...columns,
    ...(name === undefined ? {} : personNames(name)),
    ...(identityNumber === undefined ? {} : identityColumns(keys, personId, identityNumber)),
    ...(await particularsColumns(tx, keys, { personId, birthDate, residence, at })),
  }
  await updateVersioned(tx, persons, personId, version, set)
  if (skills) await setSkills(tx, personId, skills)
  const details = { changed: Object.keys(changes).sort() }
  await record(tx, { action: 'person.changed', subject: `person:${personId}`, by, at, details })
}

/**
 * For a current or former pupil, only a district or city office may enter a birth date that makes them an adult, unless
 * an identity number proves it. Otherwise a school could remove a child's protection by typing a date.
 * @throws DomainError forbidden `birth_date.office_only`
 */
async function assertOfficeSaysOfAge(
  db: Reader,
  { personId, changes, reach, at }: { personId: string; changes: PersonChanges; reach: Reach; at: DateTime },
): Promise<void> {
  const { birthDate, identityNumber } = changes
  if (reach.everything || !birthDate || ageBandOn(bornOn(birthDate), at.toISODate()!) !== 'adult') return
  if (identityNumber && birthDateIn(readIdentityNumber(identityNumber) ?? '')?.startsWith(birthDate)) return
  const [person] = await db.select({ pupilAt: persons.pupilAt }).from(persons).where(eq(persons.id, personId))
  if (person?.pupilAt === null) return
  const offices = { ...reach, paths: [], ids: [] }
  if ((await peopleReached(db, offices, [personId])).covers(personId)) return
  throw new DomainError(
    'forbidden',
    'birth_date.office_only',
    'That a pupil is of age is entered by the district or city office, or shown by an identity number.',
  )
}

function personNames(name: string) {
  const searchName = searchNameOf(name)
  if (searchName === '') throw new DomainError('invalid', 'name.missing', 'A name is needed.')
  return { name: name.trim(), searchName, pinyin: pinyinOf(name, 'person') }
}

function identityColumns(keys: KeyRing, personId: string, typed: string | null) {
  if (typed === null) return { identityNumber: null, identityIndex: null }
  const number = readIdentityNumber(typed)
  if (!number) throw new DomainError('invalid', 'identity.invalid', 'This is not an identity number.')
  return sealIdentity(keys, personId, number)
}

interface Stated {
  personId: string
  birthDate: string | null | undefined
  residence: string | null | undefined
  at: DateTime
}

/**
 * The columns of birth date and residence. They are encrypted together, so a change of one needs the known value of the
 * other.
 */
async function particularsColumns(db: Reader, keys: KeyRing, stated: Stated) {
  const { personId, birthDate, residence, at } = stated
  if (birthDate === undefined && residence === undefined) return {}
  const [row] = await db.select().from(persons).where(eq(persons.id, personId))
  const known = openParticulars(keys, row!)
  const next = {
    birthDate: birthDate === undefined ? known.birthDate : birthDate,
    residence: residence === undefined ? known.residence : residence,
  }
  return sealParticulars(keys, personId, next, at)
}

function assertBirthPossible(birthDate: string | null | undefined, at: DateTime): void {
  if (!birthDate || (birthDate <= at.plus({ days: 1 }).toISODate()! && birthDate >= '1880')) return
  throw new DomainError('invalid', 'birth_date.impossible', 'Nobody was born on that day.')
}

async function setSkills(tx: Writer, personId: string, skills: string[]): Promise<void> {
  const wanted = [...new Set(skills.map((skill) => skill.trim()))]
  const mine = eq(personSkills.personId, personId)
  await tx
    .delete(personSkills)
    .where(wanted.length > 0 ? and(mine, notInArray(personSkills.skill, wanted)) : mine)
  if (wanted.length === 0) return
  const rows = wanted.map((skill) => ({ id: newId(), personId, skill }))
  await tx.insert(personSkills).values(rows).onConflictDoNothing()
}

/**
 * Within one reach an identity number belongs to one person. Nothing is revealed about people outside the reach. A
 * unique index cannot express this, so this read decides, in the transaction that writes; serializable isolation makes
 * the second of two concurrent writers run again or wait.
 * @throws DomainError conflict `identity.taken`
 */
async function assertIdentityFree(
  db: Reader,
  keys: KeyRing,
  reach: Reach,
  { typed, exceptId }: { typed: string | null | undefined; exceptId?: string },
): Promise<void> {
  const number = readIdentityNumber(typed ?? '')
  if (!number) return
  const holders = await db.$count(
    persons,
    and(
      inArray(persons.identityIndex, keys.blindIndexes('identity', number)),
      exceptId === undefined ? undefined : ne(persons.id, exceptId),
      isNull(persons.mergedIntoId),
      personsWithin(db, reach),
    ),
  )
  if (holders > 0)
    throw new DomainError('conflict', 'identity.taken', 'This identity number belongs to somebody else.')
}
