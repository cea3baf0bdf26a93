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

/** What a list or a form says about one person. An undefined field was not stated and never deletes anything. */
export interface PersonInput {
  /** The id of the known person; absent for a new person. */
  id?: string
  name: string
  sex?: Sex
  birthDate?: string
  identityNumber?: string
  residence?: string
  serviceCategory?: string
  /** Added to the known ones. */
  skills?: string[]
  /** Added to the known ones. */
  contacts?: ContactInput[]
  /** Added to the known ones. Without a role, a known membership keeps its role and a new one is `member`. */
  memberships?: StatedMembership[]
}

export interface PreparedContact {
  kind: ContactKind
  value: string
  /** The first of `indexes`; a new row is stored with it. */
  valueIndex: string
  /** The blind indexes a stored number may have: one for each active key. */
  indexes: string[]
  relation: Relation
  ownerName: string | null
}

/** An input with normalised numbers and their blind indexes, ready to be compared. */
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

/** Fills in birth date and sex from a resident identity number where the input does not state them. */
function completed(input: PersonInput, identityNumber: string | undefined): PersonInput {
  if (identityNumber === undefined) return input
  return {
    ...input,
    sex: input.sex ?? sexIn(identityNumber),
    birthDate: input.birthDate ?? birthDateIn(identityNumber),
  }
}
