/**
 * Finds what others added while a list was judged and written, if it would have given a row of the list another verdict:
 * a person of the same name, a number of one of its people, a namesake in a team. Changed people are found by their
 * versions (`assertAsJudged`), so only new rows are asked for here. Ids grow with time: new rows are a range of the primary key.
 */
import { and, eq, gt, ne, not } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { memberships, personContacts, persons } from '#modules/organisation/schema.ts'
import { among } from '#platform/database/dialect.ts'
import type { Reader } from '#platform/database/port.ts'
import { idBefore } from '#platform/ids.ts'
import { ChangedMeanwhile, type Piece } from '../judge/register.ts'
import type { Written } from './undo-organisation.ts'

/** How long before its commit a row may have got its id; and how far the clocks of two processes may differ. */
const marginMs = 5_000

/** The new rows of others, by table. */
interface Found {
  people: { id: string; searchName: string }[]
  links: { id: string; contactId: string }[]
  joined: { id: string; searchName: string }[]
}

export class Meanwhile {
  /** The moment of the import: what it writes has it. */
  readonly #at: DateTime
  readonly #known = new Set<string>()
  readonly #ownLinks = new Set<string>()
  /** Rows with a higher id are new. */
  #from = idBefore(marginMs)

  private constructor(at: DateTime) {
    this.#at = at
  }

  /** Begins before the rows are judged: what is there already will be seen by judging. */
  static async begin(db: Reader, at: DateTime): Promise<Meanwhile> {
    const begun = new Meanwhile(at)
    const { people, links, joined } = await begun.#ofOthers(db)
    for (const { id } of [...people, ...links, ...joined]) begun.#known.add(id)
    return begun
  }

  /** Remembers what the import wrote itself. */
  wrote(pieces: readonly Piece[]): void {
    for (const { changes = [] } of pieces as Partial<Written>[])
      for (const { table, id, before } of changes)
        if (table === 'personContacts' && before === null) this.#ownLinks.add(id)
  }

  /** @throws ChangedMeanwhile when others added what a row of the list might mean */
  async assertNothing(db: Reader): Promise<void> {
    const from = idBefore(marginMs)
    const { people, links, joined } = await this.#ofOthers(db)
    if (people.length + links.length + joined.length > 0)
      await this.#assertUnrelated(db, { people, links, joined })
    // What was looked at need not be read again by a second look, which is in the last transaction.
    for (const { id } of [...people, ...links, ...joined]) this.#known.add(id)
    if (from > this.#from) this.#from = from
  }

  async #ofOthers(db: Reader): Promise<Found> {
    const isOther = ({ id }: { id: string }) => !this.#known.has(id)
    const people = await db
      .select({ id: persons.id, searchName: persons.searchName })
      .from(persons)
      .where(and(gt(persons.id, this.#from), ne(persons.createdAt, this.#at)))
    const links = await db
      .select({ id: personContacts.id, contactId: personContacts.contactId })
      .from(personContacts)
      // Own ones are thousands: they are left out by the engine, so that none of them is read.
      .where(and(gt(personContacts.id, this.#from), not(among(personContacts.id, [...this.#ownLinks]))))
    const joined = await db
      .select({ id: memberships.id, searchName: persons.searchName })
      .from(memberships)
      .innerJoin(persons, eq(persons.id, memberships.personId))
      .where(and(gt(memberships.id, this.#from), ne(memberships.joinedAt, this.#at)))
    return {
      people: people.filter(isOther),
      links: links.filter(isOther),
      joined: joined.filter(isOther),
    }
  }

  async #assertUnrelated(db: Reader, { people, links, joined }: Found): Promise<void> {
    const own = eq(persons.createdAt, this.#at)
    const names = [...people, ...joined].map(({ searchName }) => searchName)
    const namesakes = await db
      .select({ id: persons.id })
      .from(persons)
      .where(and(among(persons.searchName, names), own))
      .limit(1)
    const sharing = await db
      .select({ id: personContacts.id })
      .from(personContacts)
      .innerJoin(persons, eq(persons.id, personContacts.personId))
      .where(
        and(
          among(
            personContacts.contactId,
            links.map(({ contactId }) => contactId),
          ),
          own,
        ),
      )
      .limit(1)
    if (namesakes.length + sharing.length > 0) throw new ChangedMeanwhile('a person was added')
  }
}
