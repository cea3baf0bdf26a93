import { knownContact, type PersonFacts } from './person-facts.ts'
import type { PreparedPerson } from './person-input.ts'
import type { MatchGround } from './words.ts'

/** Why a person has to decide whether two are one. */
export type Doubt = 'several' | 'other-name' | 'other-contact' | 'other-identity'

export type Recognition =
  | { found: 'none' }
  | { found: 'one'; personId: string; by: MatchGround }
  | { found: 'unsure'; personIds: string[]; because: Doubt }

const nobody: Recognition = { found: 'none' }

/** Who has the identity number. With another name it may be a slip of the pen, so somebody has to look. */
export function recogniseByIdentity(stated: PreparedPerson, known: PersonFacts | undefined): Recognition {
  if (!known) return nobody
  const personId = known.person.id
  if (known.person.searchName !== stated.searchName) {
    return { found: 'unsure', personIds: [personId], because: 'other-name' }
  }
  return { found: 'one', personId, by: 'identity' }
}

/** Who has the name and one of the contacts. A phone alone recognises nobody: families share one. */
export function recogniseByContact(stated: PreparedPerson, namesakes: readonly PersonFacts[]): Recognition {
  const sharing = namesakes.filter((known) => stated.contacts.some((contact) => knownContact(known, contact)))
  if (sharing.length === 0) return nobody
  const possible = sharing.filter((known) => !identitiesDiffer(stated, known))
  if (possible.length === 1) return { found: 'one', personId: possible[0]!.person.id, by: 'contact' }
  if (possible.length > 1) return unsure(possible, 'several')
  return unsure(sharing, 'other-identity')
}

/**
 * Who has the name in the same unit. Another identity number or birth date makes a namesake of them;
 * another phone may be a new phone or a namesake, so somebody has to look.
 */
export function recogniseByUnit(stated: PreparedPerson, colleagues: readonly PersonFacts[]): Recognition {
  const possible = colleagues.filter(
    (known) => !identitiesDiffer(stated, known) && !birthDatesDiffer(stated, known),
  )
  if (possible.length === 0) return nobody
  if (possible.length > 1) return unsure(possible, 'several')
  const known = possible[0]!
  if (contactsDiffer(stated, known)) return unsure([known], 'other-contact')
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
  return input.birthDate !== undefined && person.birthDate !== null && input.birthDate !== person.birthDate
}

/** Both have a contact of the same kind and relation, and none is the same. */
function contactsDiffer(stated: PreparedPerson, known: PersonFacts): boolean {
  const comparable = stated.contacts.filter((contact) =>
    known.contacts.some(({ kind, link }) => kind === contact.kind && link.relation === contact.relation),
  )
  return comparable.length > 0 && !comparable.some((contact) => knownContact(known, contact))
}
