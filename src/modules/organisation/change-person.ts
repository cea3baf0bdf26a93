import { and, eq, notInArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { violationOf } from '#platform/database/violations.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { refuseMerged } from './change-membership.ts'
import { matchPersons } from './match-persons.ts'
import { pinyinOf, searchNameOf } from './names.ts'
import { readIdentityNumber } from './numbers.ts'
import type { PersonInput } from './person-input.ts'
import { savePersons } from './save-persons.ts'
import { personSkills, persons } from './schema.ts'
import { assertPersonWithin, assertTeamsWithin } from './scope.ts'
import { sealIdentity } from './sealed.ts'
import type { Sex } from './words.ts'

interface Doing {
  by: Actor
  at: DateTime
}

/**
 * Enters somebody by hand, into at least one team.
 * @param evenIfKnown enters them although somebody of this name is known by the same contact or unit
 * @throws DomainError `team.missing`, `person.known`, `identity.taken`, and what `savePersons` throws
 */
export async function createPerson(
  tx: Writer,
  keys: KeyRing,
  input: PersonInput,
  { evenIfKnown, by, at }: Doing & { evenIfKnown: boolean },
): Promise<string> {
  const teamIds = (input.memberships ?? []).map(({ teamId }) => teamId)
  await assertTeamsWithin(tx, reachOf(by, 'persons.edit'), teamIds)
  refuseFuture(input.birthDate, at)
  if (!evenIfKnown) await refuseKnown(tx, keys, input, by)
  const { ids } = await identityUnique(() => savePersons(tx, keys, [{ ...input, id: undefined }], at))
  const personId = ids[0]!
  await record(tx, { action: 'person.created', subject: `person:${personId}`, by, at })
  return personId
}

async function refuseKnown(db: Reader, keys: KeyRing, input: PersonInput, by: Actor): Promise<void> {
  const [match] = await matchPersons(db, keys, [{ ...input, id: undefined }])
  if (!match || match.found === 'none') return
  const ids = match.found === 'one' ? [match.personId] : match.personIds
  const personIds: string[] = []
  for (const id of ids) {
    // Whoever is out of reach is not named, not even by an id.
    const visible = await assertPersonWithin(db, reachOf(by, 'persons.edit'), id).then(
      () => true,
      () => false,
    )
    if (visible) personIds.push(id)
  }
  const why = match.found === 'one' ? match.by : match.because
  throw new DomainError('conflict', 'person.known', 'Somebody like this is known already.', {
    because: why,
    personIds,
  })
}

export interface PersonChanges {
  name?: string
  sex?: Sex | null
  birthDate?: string | null
  identityNumber?: string | null
  residence?: string | null
  serviceCategory?: string | null
  skills?: string[]
}

/** @throws DomainError `person.missing`, `person.merged`, `version.stale`, `identity.invalid`, `identity.taken`, `birth-date.future` */
export async function changePerson(
  tx: Writer,
  keys: KeyRing,
  {
    personId,
    version,
    changes,
    by,
    at,
  }: Doing & { personId: string; version: number; changes: PersonChanges },
): Promise<void> {
  await assertPersonWithin(tx, reachOf(by, 'persons.edit'), personId)
  await refuseMerged(tx, personId)
  refuseFuture(changes.birthDate, at)
  const { skills, name, identityNumber, ...columns } = changes
  const set = {
    ...columns,
    ...(name === undefined ? {} : personNames(name)),
    ...(identityNumber === undefined ? {} : identityColumns(keys, personId, identityNumber)),
    version: version + 1,
  }
  const changed = await identityUnique(() =>
    tx
      .update(persons)
      .set(set)
      .where(and(eq(persons.id, personId), eq(persons.version, version)))
      .returning({ id: persons.id }),
  )
  if (changed.length === 0)
    throw new DomainError('stale', 'version.stale', 'Somebody changed this person since.')
  if (skills) await setSkills(tx, personId, skills)
  const details = { changed: Object.keys(changes).sort() }
  await record(tx, { action: 'person.changed', subject: `person:${personId}`, by, at, details })
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

function refuseFuture(birthDate: string | null | undefined, at: DateTime): void {
  if (!birthDate || (birthDate <= at.plus({ days: 1 }).toISODate()! && birthDate >= '1880-01-01')) return
  throw new DomainError('invalid', 'birth-date.impossible', 'Nobody was born on that day.')
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

/** The unique index decides to whom an identity number belongs. */
async function identityUnique<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (violationOf(error)?.kind !== 'unique') throw error
    throw new DomainError(
      'conflict',
      'identity.taken',
      'This identity number belongs to somebody else.',
      {},
      { cause: error },
    )
  }
}
