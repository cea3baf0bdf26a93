/** Groups the rows of the lists that are about the same person. Pure. */
import {
  birthSaysMore,
  birthsAgree,
  type ContactInput,
  type MemberRole,
  searchNameOf,
} from '#modules/organisation/index.ts'
import { inTurns } from '../turns.ts'
import type { Statement } from './statements.ts'
import type { Ref } from './verdicts.ts'

const single = ['sex', 'birthDate', 'identityNumber', 'residence', 'serviceCategory'] as const

const contactKey = ({ kind, value }: ContactInput) => `${kind} ${value}`

/** One person of the lists. */
export class Group {
  /** The id of the matched known person. */
  personId: string | null
  readonly ref: Ref
  readonly name: string
  /** All statements about the person, those with the strongest match first. */
  readonly members: Statement[] = []
  /** The identity number from any of the statements. */
  identity: string | undefined
  readonly columns: Partial<Record<(typeof single)[number], string>> = {}
  readonly contacts = new Map<string, ContactInput>()
  readonly memberships = new Map<Ref, MemberRole | undefined>()
  readonly skills = new Set<string>()

  constructor(ref: Ref, personId: string | null, name: string) {
    this.ref = ref
    this.personId = personId
    this.name = name
  }

  /** The field in which the statement contradicts earlier ones, or undefined. */
  contradiction({
    input,
    memberships,
  }: Statement): 'sex' | 'birthDate' | 'identityNumber' | 'role' | undefined {
    for (const field of ['identityNumber', 'sex', 'birthDate'] as const) {
      const known = this.columns[field]
      const said = input[field]
      if (known === undefined || said === undefined || said === known) continue
      if (field !== 'birthDate' || !birthsAgree(said, known)) return field
    }
    const roles = memberships.some(({ team, role }) => {
      const known = this.memberships.get(team)
      return role !== undefined && known !== undefined && role !== known
    })
    return roles ? 'role' : undefined
  }

  /** A value adds to none; a whole birth date also to its month. */
  #adds(field: (typeof single)[number], value: string): boolean {
    const known = this.columns[field]
    return known === undefined || (field === 'birthDate' && birthSaysMore(value, known))
  }

  /** Adds a statement. @returns the fields with values that earlier statements do not have */
  add(statement: Statement): string[] {
    const { input, memberships } = statement
    const more: string[] = []
    for (const field of single) {
      const value = input[field]
      if (value === undefined || !this.#adds(field, value)) continue
      this.columns[field] = value
      more.push(field)
    }
    for (const contact of input.contacts ?? []) {
      if (this.contacts.has(contactKey(contact))) continue
      this.contacts.set(contactKey(contact), contact)
      more.push('contacts')
    }
    for (const skill of input.skills ?? []) {
      if (this.skills.has(skill)) continue
      this.skills.add(skill)
      more.push('skills')
    }
    for (const { team, role } of memberships) {
      if (this.memberships.has(team) && (role === undefined || this.memberships.get(team) !== undefined))
        continue
      this.memberships.set(team, role)
      more.push('memberships')
    }
    return [...new Set(more)]
  }
}

export type Found = { found: 'none' } | { found: 'one'; personId: string }

/** Groups statements, those with the most certain match first. */
export async function groupsOf(
  statements: readonly Statement[],
  found: (statement: Statement) => Found,
): Promise<Groups> {
  const groups = new Groups()
  const strong: Statement[] = []
  const weak: Statement[] = []
  await inTurns(statements, (statement) => {
    const known = found(statement)
    if (known.found === 'one') groups.joinKnown(known.personId, statement)
    else if (groups.keysOf(statement).length > 0) strong.push(statement)
    else weak.push(statement)
  })
  await inTurns(strong, (statement) => groups.joinStrong(statement))
  await inTurns(weak, (statement) => groups.joinWeak(statement))
  return groups
}

/** The keys by which two rows are about one person: the identity number, or the name with a contact. */
function strongKeys({ input }: Statement): string[] {
  const search = searchNameOf(input.name)
  return [
    ...(input.identityNumber === undefined ? [] : [`identity ${input.identityNumber}`]),
    ...(input.contacts ?? []).map((contact) => `contact ${search} ${contactKey(contact)}`),
  ]
}

const identitiesDiffer = (group: Group, { input }: Statement) =>
  group.identity !== undefined &&
  input.identityNumber !== undefined &&
  group.identity !== input.identityNumber

/**
 * Groups statements by person, in three steps: statements matched with a known person; statements with the same identity
 * number, or the same name and contact; the others by name within a unit or team. In the third step two rows of one sheet
 * are two people, unless they are equal in every value; rows of different sheets are one person if only one fits.
 */
export class Groups {
  readonly all: Group[] = []
  readonly #byPerson = new Map<string, Group>()
  readonly #byKey = new Map<string, Group>()
  readonly #keys = new Map<Statement, readonly string[]>()
  readonly #byName = new Map<string, Group[]>()

  /** `strongKeys`, made once for each statement. */
  keysOf(statement: Statement): readonly string[] {
    const known = this.#keys.get(statement)
    if (known) return known
    const keys = strongKeys(statement)
    this.#keys.set(statement, keys)
    return keys
  }

  /** Matched with a known person. */
  joinKnown(personId: string, statement: Statement): void {
    this.#join(this.#groupOfPerson(personId, statement), statement)
  }

  /** With an identity number or a contact. */
  joinStrong(statement: Statement): void {
    this.#join(this.#strong(statement) ?? this.#new(null, statement), statement)
  }

  /** With a name only. */
  joinWeak(statement: Statement): void {
    this.#join(this.#weak(statement) ?? this.#new(null, statement), statement)
  }

  #new(personId: string | null, { input }: Statement): Group {
    const group = new Group(personId ?? `new:person:${this.all.length}`, personId, input.name)
    this.all.push(group)
    const search = searchNameOf(input.name)
    const namesakes = this.#byName.get(search)
    if (namesakes) namesakes.push(group)
    else this.#byName.set(search, [group])
    return group
  }

  #groupOfPerson(personId: string, statement: Statement): Group {
    const group = this.#byPerson.get(personId) ?? this.#new(personId, statement)
    this.#byPerson.set(personId, group)
    return group
  }

  #join(group: Group, statement: Statement): void {
    group.members.push(statement)
    group.identity ??= statement.input.identityNumber
    for (const key of this.keysOf(statement)) if (!this.#byKey.has(key)) this.#byKey.set(key, group)
  }

  #strong(statement: Statement): Group | undefined {
    for (const key of this.keysOf(statement)) {
      const group = this.#byKey.get(key)
      if (group !== undefined && !identitiesDiffer(group, statement)) return group
    }
    return undefined
  }

  #weak(statement: Statement): Group | undefined {
    const namesakes = (this.#byName.get(searchNameOf(statement.input.name)) ?? []).filter(
      (group) =>
        group.members.some((other) => samePlace(other, statement)) &&
        !group.members.some((other) => birthDatesDiffer(other, statement)),
    )
    const alike = namesakes.find((group) => group.members.some((other) => sayTheSame(other, statement)))
    if (alike) return alike
    const elsewhere = namesakes.filter(
      (group) => !group.members.some(({ judging }) => judging.row.sheet === statement.judging.row.sheet),
    )
    return elsewhere.length === 1 ? elsewhere[0] : undefined
  }
}

function samePlace(a: Statement, b: Statement): boolean {
  if (a.unit !== null && a.unit === b.unit) return true
  return a.memberships.some(({ team }) => b.memberships.some((other) => other.team === team))
}

function birthDatesDiffer(a: Statement, b: Statement): boolean {
  return (
    a.input.birthDate !== undefined &&
    b.input.birthDate !== undefined &&
    !birthsAgree(a.input.birthDate, b.input.birthDate)
  )
}

function sayTheSame(a: Statement, b: Statement): boolean {
  return (
    a.as === b.as && JSON.stringify([a.input, a.memberships]) === JSON.stringify([b.input, b.memberships])
  )
}
