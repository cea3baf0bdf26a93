import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { maskName } from '#platform/crypto/index.ts'
import { alias } from '#platform/database/kit.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import type { Language } from '#platform/http/language.ts'
import { humanOf } from '../linking/records-of.ts'
import { memberships, personContacts, persons, teams } from '../schema.ts'

/** How somebody is called by whoever reads one of their numbers: masked, and told apart from others of that number. */
export type CalledName = (personId: string, name: string, language: Language) => string

const theirs = alias(personContacts, 'theirs')

/**
 * A number may be that of a family: 甲一 and 甲二 are both 甲* to its reader. Where masks of people who share a number are
 * equal, each gets their class or team behind it, 甲*（三年1班）, or a letter where that is the same too, 甲*A. It depends on who
 * shares the number, not on who is told now, so an invitation and a later reminder call somebody the same. Several records
 * of one human are one person: what else is added to the name would tell that there is another list.
 */
export async function namesApart(db: Reader, personIds: Iterable<string>): Promise<CalledName> {
  const circles = await circlesOf(db, new Set(personIds))
  const alike = circles.flatMap((circle) =>
    [...Map.groupBy(circle, ({ name }) => maskName(name)).values()].filter(
      (some) => humansOf(some).length > 1,
    ),
  )
  const places = await placesOf(db, alike.flat())
  const apart = new Map<string, { place?: string; letter?: string }>()
  for (const some of alike) {
    const humans = humansOf(some)
    const atPlace = Map.groupBy(some, ({ id }) => places.get(id))
    const differ =
      !atPlace.has(undefined) && [...atPlace.values()].every((there) => humansOf(there).length === 1)
    for (const { id, human } of some)
      apart.set(
        id,
        differ ? { place: places.get(id) as string } : { letter: letterOf(humans.indexOf(human)) },
      )
  }
  return (personId, name, language) => {
    const { place, letter = '' } = apart.get(personId) ?? {}
    const masked = `${maskName(name)}${letter}`
    if (place === undefined) return masked
    return language === 'zh' ? `${masked}（${place}）` : `${masked} (${place})`
  }
}

const letterOf = (rank: number) => (rank < 26 ? String.fromCharCode(65 + rank) : String(rank + 1))

const humansOf = (some: readonly Sharer[]) => [...new Set(some.map(({ human }) => human))]

interface Sharer {
  id: string
  /** The same for all records of one human. */
  human: string
  name: string
}

/** The people who share numbers with these, directly or through others; each circle in the order of ids. */
async function circlesOf(db: Reader, wanted: ReadonlySet<string>): Promise<Sharer[][]> {
  const sharers = new Map<string, Sharer>()
  const circleOf = new Map<string, Set<string>>()
  let next = [...wanted]
  while (next.length > 0) {
    const found = new Set<string>()
    await inChunks(next, 500, async (some) => {
      for (const { one, ...sharer } of await sharersOf(db, some)) {
        const { id } = sharer
        if (!sharers.has(id) && !wanted.has(id)) found.add(id)
        sharers.set(id, sharer)
        const [mine, other] = [circleOf.get(one) ?? new Set([one]), circleOf.get(id) ?? new Set([id])]
        if (mine === other) continue
        for (const each of other) circleOf.set(each, mine.add(each))
        circleOf.set(one, mine)
      }
    })
    next = [...found]
  }
  return [...new Set(circleOf.values())]
    .filter((circle) => circle.size > 1)
    .map((circle) => [...circle].sort().map((id) => sharers.get(id) ?? { id, human: id, name: '' }))
}

function sharersOf(db: Reader, ids: readonly string[]) {
  return db
    .selectDistinct({
      one: personContacts.personId,
      id: persons.id,
      human: humanOf(),
      name: persons.name,
    })
    .from(personContacts)
    .innerJoin(theirs, eq(theirs.contactId, personContacts.contactId))
    .innerJoin(persons, eq(persons.id, theirs.personId))
    .where(
      and(inArray(personContacts.personId, [...ids]), isNull(persons.mergedIntoId), isNull(persons.erasedAt)),
    )
}

/** The class or team that somebody joined first, by their id. */
async function placesOf(db: Reader, people: readonly Sharer[]): Promise<Map<string, string>> {
  const places = new Map<string, string>()
  await inChunks(people, 500, async (some) => {
    const rows = await db
      .select({ personId: memberships.personId, team: teams.name })
      .from(memberships)
      .innerJoin(teams, eq(teams.id, memberships.teamId))
      .where(
        and(
          inArray(
            memberships.personId,
            some.map(({ id }) => id),
          ),
          isNull(memberships.leftAt),
        ),
      )
      .orderBy(asc(memberships.id))
    for (const { personId, team } of rows) if (!places.has(personId)) places.set(personId, team)
  })
  return places
}
