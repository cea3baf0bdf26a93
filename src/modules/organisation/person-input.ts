import type { KeyRing } from '#platform/crypto/index.ts'
import { DomainError } from '#platform/errors.ts'
import { searchNameOf } from './names.ts'
import { birthDateIn, readContact, readIdentityNumber, sexIn } from './numbers.ts'
import type { ContactKind, MemberRole, Relation, Sex } from './words.ts'

export interface ContactInput {
  kind: ContactKind
  value: string
  /** Default `own`. */
  relation?: Relation
  ownerName?: string | null
}

export interface StatedMembership {
  teamId: string
  role?: MemberRole
}

/** What a list or a form says about one person. What is undefined was not said, and never erases anything. */
export interface PersonInput {
  /** Which known person it is; without it, a new one. */
  id?: string
  name: string
  sex?: Sex
  birthDate?: string
  identityNumber?: string
  residence?: string
  serviceCategory?: string
  /** Added to those known. */
  skills?: string[]
  /** Added to those known. */
  contacts?: ContactInput[]
  /** Added to those known; without a role, one that is known stays and a new one is `member`. */
  memberships?: StatedMembership[]
}

export interface PreparedContact {
  kind: ContactKind
  value: string
  /** The first of `indexes`: what a new row is stored under. */
  valueIndex: string
  /** Under which the number may be stored: one for each live key. */
  indexes: string[]
  relation: Relation
  ownerName: string | null
}

/** An input with its numbers normalised and their blind indexes made, so that it can be compared. */
export interface PreparedPerson {
  input: PersonInput
  searchName: string
  identity: { number: string; indexes: string[] } | undefined
  contacts: PreparedContact[]
}

/** @throws DomainError `contact.invalid` */
export function prepareContact(keys: KeyRing, input: ContactInput): PreparedContact {
  const value = readContact(input.kind, input.value)
  if (!value) {
    throw new DomainError('invalid', 'contact.invalid', `This is not a ${input.kind} that can be used.`, {
      kind: input.kind,
    })
  }
  const indexes = keys.blindIndexes(input.kind, value)
  return {
    kind: input.kind,
    value,
    valueIndex: indexes[0]!,
    indexes,
    relation: input.relation ?? 'own',
    ownerName: input.ownerName ?? null,
  }
}

/** @throws DomainError `name.missing`, `identity.invalid`, `contact.invalid` */
export function preparePerson(keys: KeyRing, input: PersonInput): PreparedPerson {
  const searchName = searchNameOf(input.name)
  if (searchName === '') throw new DomainError('invalid', 'name.missing', 'A name is needed.')
  let identity: PreparedPerson['identity']
  if (input.identityNumber !== undefined) {
    const number = readIdentityNumber(input.identityNumber)
    if (!number) throw new DomainError('invalid', 'identity.invalid', 'This is not an identity number.')
    identity = { number, indexes: keys.blindIndexes('identity', number) }
  }
  const contacts = new Map<string, PreparedContact>()
  for (const contact of (input.contacts ?? []).map((each) => prepareContact(keys, each))) {
    const key = `${contact.kind}:${contact.valueIndex}`
    if (!contacts.has(key)) contacts.set(key, contact)
  }
  return { input: completed(input, identity?.number), searchName, identity, contacts: [...contacts.values()] }
}

/** A resident identity number says when somebody was born and their sex, where the list does not. */
function completed(input: PersonInput, identityNumber: string | undefined): PersonInput {
  if (identityNumber === undefined) return input
  return {
    ...input,
    sex: input.sex ?? sexIn(identityNumber),
    birthDate: input.birthDate ?? birthDateIn(identityNumber),
  }
}
