import { birthsAgree } from '../ages.ts'
import type { PreparedPerson } from '../person-input.ts'
import type { MatchGround } from '../words.ts'
import { knownContact, type PersonFacts } from './person-facts.ts'

/** Why a user has to decide whether an entry and a person are the same. */
export type Doubt = 'several' | 'other_name' | 'other_contact' | 'other_identity'

export type Recognition =
  | { found: 'none' }
  | { found: 'one'; personId: string; by: MatchGround }
  | { found: 'unsure'; personIds: string[]; because: Doubt }

const nobody: Recognition = { found: 'none' }

/** Whether a person belongs where the entry says: to its unit, one of its teams, or the office it names. */
export type IsHere = (known: PersonFacts) => boolean

/**
 * Match by identity number. With another name a user has to decide: it may be a typing error. One human being may have
 * a record in each of several units; the record in the entry's own unit is meant.
 */
export function recogniseByIdentity(
  stated: PreparedPerson,
  holders: readonly PersonFacts[],
  isHere: IsHere,
): Recognition {
  if (holders.length === 0) return nobody
  const named = holders.filter(({ person }) => person.searchName === stated.searchName)
  return named.length === 0 ? unsure(holders, 'other_name') : oneOf(named, 'identity', isHere)
}

/** Match by name and one of the contacts. A phone alone matches nobody: families share phones. */
export function recogniseByContact(
  stated: PreparedPerson,
  namesakes: readonly PersonFacts[],
  isHere: IsHere,
): Recognition {
  const sharing = namesakes.filter((known) => stated.contacts.some((contact) => knownContact(known, contact)))
  if (sharing.length === 0) return nobody
  const possible = sharing.filter((known) => !identitiesDiffer(stated, known))
  return possible.length === 0 ? unsure(sharing, 'other_identity') : oneOf(possible, 'contact', isHere)
}

function oneOf(possible: readonly PersonFacts[], by: MatchGround, isHere: IsHere): Recognition {
  const here = possible.length === 1 ? possible : possible.filter(isHere)
  if (here.length === 1) return { found: 'one', personId: here[0]!.person.id, by }
  return unsure(possible, 'several')
}

/**
 * Match by name within the unit. A different identity number or birth date means another person of the same name. A
 * different phone may be a new phone or another person, so a user has to decide.
 */
export function recogniseByUnit(stated: PreparedPerson, colleagues: readonly PersonFacts[]): Recognition {
  const possible = colleagues.filter(
    (known) => !identitiesDiffer(stated, known) && !birthDatesDiffer(stated, known),
  )
  if (possible.length === 0) return nobody
  if (possible.length > 1) return unsure(possible, 'several')
  const known = possible[0]!
  if (contactsDiffer(stated, known)) return unsure([known], 'other_contact')
  return { found: 'one', personId: known.person.id, by: 'unit' }
}

function unsure(known: readonly PersonFacts[], because: Doubt): Recognition {
  return { found: 'unsure', personIds: known.map((facts) => facts.person.id), because }
}

function identitiesDiffer({ identity }: PreparedPerson, { person }: PersonFacts): boolean {
  return (
    identity !== undefined &&
    person.identityIndex !== null &&
    !identity.indexes.includes(person.identityIndex)
  )
}

function birthDatesDiffer({ input }: PreparedPerson, { person }: PersonFacts): boolean {
  return (
    input.birthDate !== undefined &&
    person.birthDate !== null &&
    !birthsAgree(input.birthDate, person.birthDate)
  )
}

/** Both have contacts of the same kind and relation, and none of them is equal. */
function contactsDiffer(stated: PreparedPerson, known: PersonFacts): boolean {
  const comparable = stated.contacts.filter((contact) =>
    known.contacts.some(({ kind, link }) => kind === contact.kind && link.relation === contact.relation),
  )
  return comparable.length > 0 && !comparable.some((contact) => knownContact(known, contact))
}
