import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, or } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { Counter } from 'prom-client'
import { events } from '#modules/events/schema.ts'
import { forgetPeople } from '#modules/mobilization/index.ts'
import { participations, signUps } from '#modules/mobilization/schema.ts'
import {
  birthOf,
  type Consent,
  consentsFor,
  eraseChildren,
  isSensitiveOn,
  type Kept,
  keptOf,
} from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { pages } from '#platform/database/pages.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { eachApart } from '#platform/jobs/each-apart.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'

const metric = 'muster_children_erased_total'
const pageSize = 200

type Child = Pick<typeof persons.$inferSelect, 'id' | 'birthYear' | 'particulars' | 'pupilAt' | 'createdAt'>
type Duplicate = Pick<typeof persons.$inferSelect, 'id' | 'createdAt'>
interface Judged {
  children: readonly Child[]
  duplicates: ReadonlyMap<string, readonly Duplicate[]>
  at: DateTime
  today: string
}
type Needs = Pick<AppContext, 'db' | 'keys' | 'now' | 'config' | 'metrics' | 'log'>

/**
 * Erases what is no longer kept of children under 14 without a guardian's yes. Run
 * daily; what was erased is counted, and each child has an entry in the audit trail. Idempotent.
 */
export async function eraseExpired({ db, keys, now, config, metrics, log }: Needs): Promise<void> {
  const at = now()
  const today = dayIn(at, config.timeZone)
  let erased = 0
  const after = (last: Child | undefined, size: number) => childrenAfter(db.read, last, size, today)
  try {
    await eachApart(pages(after, pageSize), async (some) => {
      const children = some.filter((each) => {
        return isSensitiveOn(birthOf(keys, each), each.pupilAt ? ['pupil'] : [], today)
      })
      erased += await db.transaction((tx) => eraseSome(tx, keys, { children, at, today }))
    })
  } finally {
    if (erased > 0) tellErased(erased, { log, metrics })
  }
}

async function eraseSome(
  tx: Writer,
  keys: KeyRing,
  { children, at, today }: Omit<Judged, 'duplicates'>,
): Promise<number> {
  // Judged in the transaction: a yes that comes now is heard.
  const duplicates = await duplicatesOf(
    tx,
    children.map(({ id }) => id),
  )
  const kept = await keptOfAll(tx, keys, { children, duplicates, at, today })
  let done = 0
  for (const keep of ['roll', 'name', 'nothing'] as const) {
    const personIds = children.flatMap(({ id }) => (kept.get(id) === keep ? [id] : []))
    const ids = personIds.flatMap((id) => [id, ...(duplicates.get(id) ?? []).map((each) => each.id)])
    if (keep === 'nothing') await forgetPeople(tx, { personIds: ids, at })
    done += await eraseChildren(tx, keys, { personIds: ids, keep, at })
  }
  return done
}

function tellErased(erased: number, { log, metrics }: Pick<Needs, 'log' | 'metrics'>): void {
  log.info({ erased }, 'children without consent were erased')
  const known = metrics.getSingleMetric(metric) as Counter | undefined
  const help = 'Children of whom data was erased because no guardian said yes in time'
  ;(known ?? new Counter({ name: metric, help, registers: [metrics] })).inc(erased)
}

/** People who may be under 14: by their year of birth, or pupils of unknown age. */
function childrenAfter(
  db: Reader,
  last: Child | undefined,
  size: number,
  today: string,
): PromiseLike<Child[]> {
  const { id, birthYear, particulars, pupilAt, createdAt } = persons
  const young = gte(birthYear, Number(today.slice(0, 4)) - 14)
  return db
    .select({ id, birthYear, particulars, pupilAt, createdAt })
    .from(persons)
    .where(
      and(
        gt(id, last?.id ?? ''),
        or(young, and(isNull(birthYear), isNotNull(pupilAt))),
        isNull(persons.mergedIntoId),
        isNull(persons.erasedAt),
      ),
    )
    .orderBy(asc(id))
    .limit(size)
}

async function keptOfAll(
  db: Reader,
  keys: KeyRing,
  { children, duplicates, at, today }: Judged,
): Promise<Map<string, Kept>> {
  const ids = children.map(({ id }) => id)
  const standing = await consentsFor(db, keys, ids, { eventId: '', day: today })
  const own = await eventsOf(db, ids)
  const said = new Map<string, Map<string, Consent>>()
  for (const { eventId, startsAt, timeZone } of own) {
    if (said.has(eventId)) continue
    const invited = own.flatMap((each) => (each.eventId === eventId ? [each.personId] : []))
    said.set(eventId, await consentsFor(db, keys, invited, { eventId, day: dayIn(startsAt, timeZone) }))
  }
  const eventsBy = Map.groupBy(own, ({ personId }) => personId)
  return new Map(
    children.map(({ id, createdAt }) => {
      // The first of the records counts: a merge into a newer one does not lengthen the time.
      const made = [createdAt, ...(duplicates.get(id) ?? []).map((each) => each.createdAt)]
      const child = {
        recordedAt: DateTime.min(...made) as DateTime,
        events: (eventsBy.get(id) ?? []).map(({ eventId, endsAt }) => {
          return { endsAt, consent: said.get(eventId)?.get(id) ?? 'none' }
        }),
        standing: standing.get(id) ?? 'none',
      }
      return [id, keptOf(child, at)] as const
    }),
  )
}

/** The events they are in or offered themselves for; a merge and a hand-over have moved these along. */
async function eventsOf(db: Reader, ids: readonly string[]) {
  const { startsAt, endsAt, timeZone } = events
  const placed = await db
    .select({ personId: participations.personId, eventId: events.id, startsAt, endsAt, timeZone })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .where(inArray(participations.personId, [...ids]))
  const offered = await db
    .select({ personId: signUps.personId, eventId: events.id, startsAt, endsAt, timeZone })
    .from(signUps)
    .innerJoin(events, eq(events.id, signUps.eventId))
    .where(and(inArray(signUps.personId, [...ids]), isNull(signUps.withdrawnAt)))
  return [...placed, ...offered]
}

/** The duplicates that were merged into these records, directly or through others, by the record they are now. */
async function duplicatesOf(db: Reader, ids: readonly string[]): Promise<Map<string, Duplicate[]>> {
  const found = new Map<string, Duplicate[]>(ids.map((id) => [id, []]))
  const currentOf = new Map(ids.map((id) => [id, id]))
  for (let into = [...ids]; into.length > 0; ) {
    const { id, createdAt, mergedIntoId } = persons
    const some = await db
      .select({ id, createdAt, mergedIntoId })
      .from(persons)
      .where(inArray(mergedIntoId, into))
    for (const each of some) {
      const current = currentOf.get(each.mergedIntoId as string) as string
      currentOf.set(each.id, current)
      found.get(current)?.push(each)
    }
    into = some.map((each) => each.id)
  }
  return found
}
