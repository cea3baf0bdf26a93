import { and, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { Change, Saved } from './changes.ts'
import { Ledger } from './ledger.ts'
import { pinyinOf } from './names.ts'
import {
  contactDiffers,
  differencesOf,
  knownContact,
  loadFacts,
  membershipDiffers,
  type PersonFacts,
  type PersonRow,
  statedColumns,
} from './person-facts.ts'
import {
  type PersonInput,
  type PreparedContact,
  type PreparedPerson,
  preparePerson,
  type StatedMembership,
} from './person-input.ts'
import { contacts, memberships, personContacts, personSkills, persons } from './schema.ts'
import { sealContact, sealIdentity } from './sealed.ts'
import { volunteerNumberOf } from './volunteer-number.ts'

/** People prepared, sealed and written between two turns of the loop: some 15 ms. */
const inputsAtOnce = 100

/**
 * Creates people, and adds what is stated to those with an `id`; says what changed, so that it can be
 * undone. Nothing known is ever erased: a list that says less changes nothing. A number that is known is
 * shared, not stored twice. Writes 200 rows with a statement.
 * @throws DomainError `person.missing`, `person.merged`, `name.missing`, `identity.invalid`, `contact.invalid`;
 *   a broken unique constraint when an identity number belongs to somebody else
 */
export async function savePersons(
  tx: Writer,
  keys: KeyRing,
  inputs: readonly PersonInput[],
  at: DateTime,
): Promise<Saved> {
  const known = await loadFacts(
    tx,
    inputs.flatMap(({ id }) => id ?? []),
  )
  const saved: Saved = { ids: [], outcomes: [], changes: [] }
  const contactIds = new Map<string, string>()
  await inChunks(inputs, inputsAtOnce, async (some) => {
    const stated = some.map((input) => preparePerson(keys, input))
    await findContacts(tx, stated, contactIds)
    const batch = new Batch(keys, at, contactIds)
    for (const one of stated) {
      const facts = one.input.id === undefined ? undefined : known.get(one.input.id)
      if (one.input.id !== undefined) refuseUnusable(facts, one.input.id)
      saved.ids.push(facts ? facts.person.id : batch.create(one))
      saved.outcomes.push(facts ? (batch.update(facts, one) ? 'updated' : 'unchanged') : 'created')
    }
    saved.changes.push(...(await batch.write(tx)))
  })
  return saved
}

function refuseUnusable(facts: PersonFacts | undefined, personId: string): void {
  if (!facts || facts.person.erasedAt) {
    throw new DomainError('missing', 'person.missing', 'There is no such person.', { personId })
  }
  if (facts.person.mergedIntoId) {
    const { mergedIntoId } = facts.person
    throw new DomainError('conflict', 'person.merged', 'This person is known under another id now.', {
      mergedIntoId,
    })
  }
}

/** Adds to `found` the rows of those numbers that are stored already, under every index of theirs. */
async function findContacts(db: Reader, stated: readonly PreparedPerson[], found: Map<string, string>) {
  const given = stated.flatMap((one) => one.contacts)
  const unknown = given.filter(({ kind, valueIndex }) => !found.has(`${kind}:${valueIndex}`))
  const indexes = unknown.flatMap((contact) => contact.indexes)
  if (indexes.length === 0) return
  const rows = await db
    .select({ id: contacts.id, kind: contacts.kind, valueIndex: contacts.valueIndex })
    .from(contacts)
    .where(and(inArray(contacts.kind, ['phone', 'email']), inArray(contacts.valueIndex, indexes)))
  const stored = new Map(rows.map(({ id, kind, valueIndex }) => [`${kind}:${valueIndex}`, id]))
  for (const { kind, valueIndex, indexes: under } of unknown) {
    const id = under.map((index) => stored.get(`${kind}:${index}`)).find(Boolean)
    if (id) found.set(`${kind}:${valueIndex}`, id)
  }
}

/** The rows of some inputs, gathered and then written together. */
class Batch {
  readonly #keys: KeyRing
  readonly #at: DateTime
  readonly #contactIds: Map<string, string>
  readonly #persons = new Ledger('persons', persons)
  readonly #contacts = new Ledger('contacts', contacts)
  readonly #links = new Ledger('personContacts', personContacts)
  readonly #memberships = new Ledger('memberships', memberships)
  readonly #skills = new Ledger('personSkills', personSkills)

  constructor(keys: KeyRing, at: DateTime, contactIds: Map<string, string>) {
    this.#keys = keys
    this.#at = at
    this.#contactIds = contactIds
  }

  create(stated: PreparedPerson): string {
    const person = newPerson(this.#keys, stated, this.#at)
    this.#persons.create(person)
    this.#attach({ person, contacts: [], memberships: [], skills: new Set() }, stated)
    return person.id
  }

  /** Returns whether the input says anything new. */
  update(facts: PersonFacts, stated: PreparedPerson): boolean {
    const fields = differencesOf(facts, stated)
    if (fields.length === 0) return false
    const { person } = facts
    const columns = Object.fromEntries(statedColumns.map((column) => [column, stated.input[column]]))
    if (fields.includes('name')) Object.assign(columns, personNames(stated))
    if (fields.includes('identityNumber')) {
      Object.assign(columns, sealIdentity(this.#keys, person.id, stated.identity!.number))
    }
    if (!this.#persons.alter(person, columns)) this.#persons.touch(person)
    this.#attach(facts, stated)
    return true
  }

  #attach(facts: PersonFacts, stated: PreparedPerson): void {
    for (const contact of stated.contacts) this.#attachContact(facts, contact)
    for (const membership of stated.input.memberships ?? []) this.#attachMembership(facts, membership)
    for (const skill of stated.input.skills ?? []) {
      if (facts.skills.has(skill)) continue
      facts.skills.add(skill)
      this.#skills.create({ id: newId(), personId: facts.person.id, skill })
    }
  }

  #attachContact(facts: PersonFacts, stated: PreparedContact): void {
    const known = knownContact(facts, stated)
    const { relation, ownerName } = stated
    if (known) {
      if (contactDiffers(known, stated)) {
        this.#links.alter(known.link, { relation, ownerName: ownerName ?? known.link.ownerName })
      }
      return
    }
    const contactId = this.#contactIdOf(stated)
    const rank = facts.contacts.length
    const link = { id: newId(), personId: facts.person.id, contactId, relation, ownerName, rank }
    facts.contacts.push({ link, kind: stated.kind, valueIndex: stated.valueIndex })
    this.#links.create(link)
  }

  /** The row of a number: the one that stands there, or a new one. */
  #contactIdOf({ kind, value, valueIndex }: PreparedContact): string {
    const key = `${kind}:${valueIndex}`
    let id = this.#contactIds.get(key)
    if (id === undefined) {
      id = newId()
      this.#contactIds.set(key, id)
      const sealed = sealContact(this.#keys, id, kind, value)
      this.#contacts.create({
        id,
        kind,
        ...sealed,
        invalidAt: null,
        optedOutAt: null,
        version: 1,
        createdAt: this.#at,
      })
    }
    return id
  }

  #attachMembership(facts: PersonFacts, stated: StatedMembership): void {
    const { teamId, role } = stated
    const known = facts.memberships.find(({ row }) => row.teamId === teamId)?.row
    if (!known) {
      const row = {
        id: newId(),
        personId: facts.person.id,
        teamId,
        role: role ?? 'member',
        joinedAt: this.#at,
        leftAt: null,
      }
      facts.memberships.push({ row, unitId: null })
      this.#memberships.create(row)
    } else if (membershipDiffers(facts, stated)) {
      const again = known.leftAt ? { joinedAt: this.#at, leftAt: null } : {}
      this.#memberships.alter(known, { role: role ?? known.role, ...again })
    }
  }

  /** Parents before children, so that the reverse order takes them away again. */
  async write(tx: Writer): Promise<Change[]> {
    const changes = await this.#persons.write(tx)
    changes.push(...(await this.#contacts.write(tx)))
    changes.push(...(await this.#links.write(tx)))
    changes.push(...(await this.#memberships.write(tx)))
    changes.push(...(await this.#skills.write(tx)))
    return changes
  }
}

function personNames({ input, searchName }: PreparedPerson) {
  return { name: input.name.trim(), searchName, pinyin: pinyinOf(input.name, 'person') }
}

function newPerson(keys: KeyRing, stated: PreparedPerson, at: DateTime): PersonRow {
  const { input, identity } = stated
  const id = newId()
  return {
    id,
    ...personNames(stated),
    sex: input.sex ?? null,
    birthDate: input.birthDate ?? null,
    identityNumber: null,
    identityIndex: null,
    ...(identity ? sealIdentity(keys, id, identity.number) : {}),
    residence: input.residence ?? null,
    serviceCategory: input.serviceCategory ?? null,
    volunteerNumber: volunteerNumberOf(id),
    mergedIntoId: null,
    erasedAt: null,
    version: 1,
    createdAt: at,
  }
}
