import { and, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import { among } from '#platform/database/dialect.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { loadFacts } from '../matching/load-facts.ts'
import {
  contactDiffers,
  differencesOf,
  identifyingFields,
  type KnownLink,
  type KnownPerson,
  knownContact,
  membershipDiffers,
  type PersonFacts,
  statedColumns,
  withoutUnprovenBirthDate,
} from '../matching/person-facts.ts'
import type { BulkPermits } from '../permits/permits.ts'
import {
  type PersonInput,
  type PreparedContact,
  type PreparedPerson,
  preparePerson,
  type StatedMembership,
} from '../person-input.ts'
import { pinyinOf } from '../pinyin.ts'
import { contacts, memberships, personContacts, personSkills, persons } from '../schema.ts'
import { sealContact, sealIdentity, sealOwner, sealParticulars } from '../sealed.ts'
import { volunteerNumberOf } from '../volunteer-number.ts'
import { ChangeSet } from './change-set.ts'
import type { Change, Plain, Saved } from './changes.ts'

/** How many people are prepared, encrypted and written before the event loop may run other work: about 15 ms. */
const inputsAtOnce = 125

/**
 * Creates people, and adds the stated values to people with an `id`. Returns the changes, so that they can be undone.
 * Nothing known is ever deleted: a list that says less changes nothing. A known number is shared, not stored twice. 200
 * rows per statement.
 * @param permits for all people with an `id`, and for those whose name, numbers or birth date change
 * @throws DomainError `person.missing`, `person.merged`, `name.missing`, `identity.invalid`, `contact.invalid`
 */
export async function savePersons(
  tx: Writer,
  keys: KeyRing,
  inputs: readonly PersonInput[],
  { permits, at }: { permits: BulkPermits; at: DateTime },
): Promise<Saved> {
  const known = await loadFacts(
    tx,
    keys,
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
      if (one.input.id !== undefined) assertUsable(facts, one.input.id)
      if (facts) assertPermitted(facts, one, permits)
      saved.ids.push(facts ? facts.person.id : batch.create(one))
      saved.outcomes.push(facts ? (batch.update(facts, one) ? 'updated' : 'unchanged') : 'created')
    }
    saved.changes.push(...(await batch.write(tx)))
  })
  return saved
}

function assertUsable(facts: PersonFacts | undefined, personId: string): void {
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

function assertPermitted(facts: PersonFacts, stated: PreparedPerson, permits: BulkPermits): void {
  const { id } = facts.person
  permits.reached.assertCovers(id)
  const identifies = differencesOf(facts, stated).some((field) => identifyingFields.has(field))
  if (identifies) permits.identifiable.assertCovers(id)
}

/** Adds to `found` the stored contact rows of these numbers, looked up by all their blind indexes. */
async function findContacts(db: Reader, stated: readonly PreparedPerson[], found: Map<string, string>) {
  const given = stated.flatMap((one) => one.contacts)
  const unknown = given.filter(({ kind, valueIndex }) => !found.has(`${kind}:${valueIndex}`))
  const indexes = unknown.flatMap((contact) => contact.indexes)
  if (indexes.length === 0) return
  const rows = await db
    .select({ id: contacts.id, kind: contacts.kind, valueIndex: contacts.valueIndex })
    .from(contacts)
    .where(and(inArray(contacts.kind, ['phone', 'email']), among(contacts.valueIndex, indexes)))
  const stored = new Map(rows.map(({ id, kind, valueIndex }) => [`${kind}:${valueIndex}`, id]))
  for (const { kind, valueIndex, indexes: under } of unknown) {
    const id = under.map((index) => stored.get(`${kind}:${index}`)).find(Boolean)
    if (id) found.set(`${kind}:${valueIndex}`, id)
  }
}

/** The rows of some inputs, collected and then written together. */
class Batch {
  readonly #keys: KeyRing
  readonly #at: DateTime
  readonly #contactIds: Map<string, string>
  readonly #persons: ChangeSet<typeof persons, KnownPerson>
  readonly #contacts = new ChangeSet('contacts', contacts)
  readonly #links: ChangeSet<typeof personContacts, KnownLink>
  readonly #memberships = new ChangeSet('memberships', memberships)
  readonly #skills = new ChangeSet('personSkills', personSkills)

  constructor(keys: KeyRing, at: DateTime, contactIds: Map<string, string>) {
    this.#keys = keys
    this.#at = at
    this.#contactIds = contactIds
    this.#persons = new ChangeSet<typeof persons, KnownPerson>('persons', persons, (row, before) =>
      storedPerson(keys, row, before, at),
    )
    this.#links = new ChangeSet<typeof personContacts, KnownLink>('personContacts', personContacts, (row) => {
      return { ...row, ownerName: sealOwner(keys, row.id, row.ownerName) }
    })
  }

  create(stated: PreparedPerson): string {
    const person = newPerson(this.#keys, stated, this.#at)
    this.#persons.create(person)
    this.#attach({ person, contacts: [], memberships: [], officeUnits: new Set(), skills: new Set() }, stated)
    return person.id
  }

  /** Returns whether the input states anything new. */
  update(facts: PersonFacts, stated: PreparedPerson): boolean {
    const fields = differencesOf(facts, stated)
    if (fields.length === 0) return false
    const { person } = facts
    const input = withoutUnprovenBirthDate(facts, stated)
    const columns = Object.fromEntries(statedColumns.map((column) => [column, input[column]]))
    if (fields.includes('name')) Object.assign(columns, personNames(stated))
    if (fields.includes('identityNumber')) {
      Object.assign(columns, sealIdentity(this.#keys, person.id, stated.identity!.number))
    }
    if (person.pupilAt === null && statesPupil(stated)) Object.assign(columns, { pupilAt: this.#at })
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

  /** The id of the contact row of a number: an existing row, or a new one. */
  #contactIdOf({ kind, value, valueIndex }: PreparedContact): string {
    const key = `${kind}:${valueIndex}`
    let id = this.#contactIds.get(key)
    if (id === undefined) {
      id = newId()
      this.#contactIds.set(key, id)
      const sealed = sealContact(this.#keys, id, { kind, value, valueIndex })
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

  /** Writes parents before children, so that undo can delete in the reverse order. */
  async write(tx: Writer): Promise<Change[]> {
    const changes = await this.#persons.write(tx)
    changes.push(...(await this.#contacts.write(tx)))
    changes.push(...(await this.#links.write(tx)))
    changes.push(...(await this.#memberships.write(tx)))
    changes.push(...(await this.#skills.write(tx)))
    return changes
  }
}

const statesPupil = ({ input }: PreparedPerson) =>
  input.memberships?.some(({ role }) => role === 'pupil') ?? false

function personNames({ input, searchName }: PreparedPerson) {
  return { name: input.name.trim(), searchName, pinyin: pinyinOf(input.name, 'person') }
}

/** The stored row; the particulars are encrypted again if they changed. */
function storedPerson(
  keys: KeyRing,
  { birthDate, residence, ...row }: KnownPerson,
  before: Record<string, Plain> | null,
  at: DateTime,
) {
  if (before && !('birthDate' in before || 'residence' in before)) return row
  return { ...row, ...sealParticulars(keys, row.id, { birthDate, residence }, at) }
}

function newPerson(keys: KeyRing, stated: PreparedPerson, at: DateTime): KnownPerson {
  const { input, identity } = stated
  const id = newId()
  return {
    id,
    ...personNames(stated),
    sex: input.sex ?? null,
    birthDate: input.birthDate ?? null,
    residence: input.residence ?? null,
    // Filled when the row is written: `birthDate` and `residence` are encrypted together.
    particulars: null,
    birthYear: null,
    adult: null,
    identityNumber: null,
    identityIndex: null,
    ...(identity ? sealIdentity(keys, id, identity.number, identity.indexes[0]) : {}),
    serviceCategory: input.serviceCategory ?? null,
    volunteerNumber: volunteerNumberOf(id),
    pupilAt: statesPupil(stated) ? at : null,
    mergedIntoId: null,
    erasedAt: null,
    humanId: null,
    version: 1,
    linkedVersion: 0,
    createdAt: at,
  }
}
