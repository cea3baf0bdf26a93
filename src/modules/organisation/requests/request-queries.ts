import { and, desc, eq, inArray, isNull, ne, or, type SQL } from 'drizzle-orm'
import { type KeyRing, maskIdentity } from '#platform/crypto/index.ts'
import { alias } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Reach, reachOf } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { isoOf } from '#platform/time.ts'
import { readContact, readIdentityNumber } from '../numbers.ts'
import { type Permits, peopleReached } from '../permits/permits.ts'
import { masked } from '../present.ts'
import { personsWithin } from '../reach-conditions.ts'
import { personRequests, persons } from '../schema.ts'
import type { RequestState } from '../words.ts'
import type { PersonRequestView } from './contract.ts'
import type { RequestRow } from './decide-request.ts'
import { isByPerson } from './file-from-person.ts'
import { openWanted } from './sealed.ts'

const others = alias(persons, 'other_persons')

export interface RequestReading {
  db: Reader
  keys: KeyRing
  permits: Permits
  actor: Actor
}

interface RequestFilter {
  requestId?: string
  state?: RequestState
  cursor?: string
  limit?: number
}

/** Requests the user may decide or has filed, newest first. */
export async function listRequests({ db, keys, permits, actor }: RequestReading, filter: RequestFilter) {
  const { requestId, state = 'open', limit = 50, cursor } = filter
  const reach = reachOf(actor, 'persons.edit')
  const mine = eq(personRequests.requestedBy, actor.userId)
  const isChange = ne(personRequests.kind, 'one_human')
  const theirs = permits.identifiableBy(db, reach)
  const rows = await db
    .select({
      request: personRequests,
      person: { id: persons.id, name: persons.name },
      other: { id: others.id, name: others.name },
    })
    .from(personRequests)
    .innerJoin(persons, eq(persons.id, personRequests.personId))
    .leftJoin(others, eq(others.id, personRequests.otherPersonId))
    .where(
      and(
        requestId === undefined ? eq(personRequests.state, state) : eq(personRequests.id, requestId),
        theirs &&
          or(
            and(isChange, mine, personsWithin(db, reach)),
            and(isChange, theirs, isNull(persons.mergedIntoId)),
            oneHumanWithin(db, reach),
          ),
        after([personRequests.id], cursor, 'desc'),
      ),
    )
    .orderBy(desc(personRequests.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ request }) => [request.id])
  const ids = page.items.flatMap(({ person, other }) => [person.id, ...(other ? [other.id] : [])])
  const whole = await permits.identifiable(db, reach, ids)
  const reached = await peopleReached(db, reach, ids)
  const items = page.items.map(({ request, person, other }): PersonRequestView => {
    const asksOneHuman = request.kind === 'one_human'
    const mayDecide = asksOneHuman || (whole.has(person.id) && (other === null || whole.has(other.id)))
    const decidable = request.state === 'open' && mayDecide
    const isMine = request.requestedBy === actor.userId
    // A user who is responsible for only one of the two records does not see the other; nor who asked, once it is out of reach.
    const mayName = (id: string) => asksOneHuman || whole.has(id) || (isMine && reached.covers(id))
    const seen = other && mayName(other.id) ? other : null
    return { ...presentRequest(keys, request), person, other: seen, mine: isMine, decidable }
  })
  return { ...page, items }
}

/** Whether two records are one human is asked of whoever reaches both; to anybody else it would tell of the other. */
function oneHumanWithin(db: Reader, reach: Reach): SQL | undefined {
  const reached = db.select({ id: persons.id }).from(persons).where(personsWithin(db, reach))
  return and(
    eq(personRequests.kind, 'one_human'),
    personsWithin(db, reach),
    inArray(personRequests.otherPersonId, reached),
  )
}

/** @throws DomainError `request.missing` unless the user filed it or may decide it */
export async function readRequest(reading: RequestReading, requestId: string): Promise<PersonRequestView> {
  const { items } = await listRequests(reading, { requestId })
  if (items[0]) return items[0]
  throw new DomainError('missing', 'request.missing', 'There is no such request.')
}

type Presented = Omit<PersonRequestView, 'person' | 'other' | 'mine' | 'decidable'>

function presentRequest(keys: KeyRing, row: RequestRow): Presented {
  const { id, kind, contactId, doubt, note, state, requestedAt, decidedAt, reason } = row
  return {
    ...{ id, kind, contactId, doubt, note, state, reason },
    wanted: row.wanted === null ? null : presentWanted(keys, row),
    byPerson: isByPerson(row),
    requestedAt: isoOf(requestedAt),
    decidedAt: decidedAt && isoOf(decidedAt),
  }
}

function presentWanted(keys: KeyRing, row: RequestRow): NonNullable<Presented['wanted']> {
  const { name, birthDate, identityNumber, contact } = openWanted(keys, row)
  const number = typeof identityNumber === 'string' ? readIdentityNumber(identityNumber) : undefined
  return {
    ...(name !== undefined && { name }),
    ...(birthDate && { birthYear: Number(birthDate.slice(0, 4)) }),
    ...(identityNumber !== undefined && {
      identityNumber: number === undefined ? null : maskIdentity(number),
    }),
    ...(contact && {
      contact: {
        kind: contact.kind,
        masked: masked(contact.kind, readContact(contact.kind, contact.value) ?? ''),
        relation: contact.relation ?? ('own' as const),
      },
    }),
  }
}
