import { eq, inArray } from 'drizzle-orm'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { namesShown } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { type Placement, type Proposal, type WhyHere, whyHere } from '#planner/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { type Difference, differenceOf } from './basis.ts'
import type { WhyHereView } from './contract-explanation.ts'
import { describeProblem } from './describe-problem.ts'
import type { Described } from './problem-draft.ts'
import { allottedBy, appliedSince, type PlanRow, placedBy, placesOf, planRow, standbyOf } from './queries.ts'
import { seesPerson } from './seen.ts'
import { nowhereText, refusedMost, whyText } from './why-sentences.ts'
import { refusals } from './words.ts'

const said = {
  same: { zh: '数据自排岗以来没有变化。', en: 'The data are those the proposal was made from.' },
  changed: {
    zh: '排岗以后数据有变化，原因已无法如实说明；请重新排岗。',
    en: 'The data changed since the proposal was made, so the reasons can no longer be told; plan again.',
  },
  over: {
    zh: '活动已结束或取消，不再说明原因。',
    en: 'The event is over or called off; reasons are told no more.',
  },
}

export interface ExplainPerson {
  planId: string
  personId: string
  by: Actor
}

/**
 * Where a proposal places one person, why, and why not on the nearest other shifts. The reasons are computed again
 * from the data the proposal was made from. If the data changed since, only the place is returned, and that it
 * changed.
 * @throws DomainError `plan.missing`, `plan.not_ready`, `person.missing` when the event does not count on the person
 *   or the reader may not see them
 */
export async function explainPerson(
  db: Reader,
  keys: KeyRing,
  { planId, personId, by }: ExplainPerson,
): Promise<WhyHereView> {
  const run = await planRow(db, planId)
  if (!run.basis)
    throw new DomainError('conflict', 'plan.not_ready', 'There is no complete proposal.', { planId })
  const [person] = await db.select({ name: persons.name }).from(persons).where(eq(persons.id, personId))
  const rows = await placesOf(db, planId, personId)
  const read = await readAgain(db, keys, run)
  const vol = read.described?.names.people.indexOf(personId) ?? -1
  const known = rows.length > 0 || (vol >= 0 && read.state === 'same')
  const seen = await seesPerson(db, run, { personId, teamId: teamOf(read.described, vol) }, by)
  if (!person || !known || !seen)
    throw new DomainError('missing', 'person.missing', 'The proposal does not know this person.', {
      personId,
    })
  const why = read.state === 'same' && vol >= 0 ? await reasons(db, run, read.described!, vol) : null
  const nameOf = await namesShown(db, by, [personId])
  const standby = rows.some(({ shiftId }) => shiftId === null)
  return {
    planId,
    personId,
    personName: nameOf(personId, person.name),
    basis: {
      state: read.state,
      changed: read.difference?.facets ?? [],
      shiftIds: read.difference?.shifts ?? [],
      text: said[read.state],
    },
    standby,
    places: rows.flatMap(({ shiftId, zoneName }) =>
      shiftId === null
        ? []
        : [{ shiftId, zoneName: zoneName ?? '', metres: null, reasons: [], ...why?.places.get(shiftId) }],
    ),
    reasons: why?.reasons ?? [],
    alternatives: why?.alternatives ?? [],
    refused: why?.refused ?? [],
  }
}

/** The team of the person, if the event counts on them. */
function teamOf(described: Described | null, vol: number): string | undefined {
  const team = described?.problem.vol.team[vol]
  return team === undefined ? undefined : described?.names.teams[team]
}

interface Reread {
  state: keyof typeof said
  described: Described | null
  difference: Difference | null
}

/** The problem read again from the present data, as of the moment the proposal was made or last applied. */
async function readAgain(db: Reader, keys: KeyRing, run: PlanRow): Promise<Reread> {
  try {
    const described = await describeProblem(db, keys, run.eventId, run.appliedAt ?? run.createdAt)
    const difference = differenceOf(run.basis!, described.basis)
    return { state: difference ? 'changed' : 'same', described, difference }
  } catch (error) {
    const over =
      error instanceof DomainError && (error.code === 'event.closed' || error.code === 'event.cancelled')
    if (!over) throw error
    return { state: 'over', described: null, difference: null }
  }
}

async function reasons(db: Reader, run: PlanRow, described: Described, vol: number) {
  const { problem, names } = described
  // Applying a proposal overwrites the previous assignments, so they are unknown afterwards.
  const previous = (await appliedSince(db, run)) ? [] : problem.previous
  const asked = { ...problem, policy: run.policy, stability: run.stability, previous: previous ?? [] }
  const why = whyHere(asked, await proposalOf(db, run, described), vol)
  const shiftIds = why.alternatives.map(({ shift }) => names.shifts[shift]!)
  const zoneNames = await zoneNamesOf(db, shiftIds)
  const skillName = (skill: number) => names.skills[skill]!
  return {
    places: new Map(
      why.places.map((place) => [
        names.shifts[place.shift]!,
        {
          metres: place.metres,
          reasons: place.reasons.map((reason) => ({
            because: reason.because,
            text: whyText(reason, skillName),
          })),
        },
      ]),
    ),
    reasons: why.reasons.map(({ because }) => ({ because, text: nowhereText({ because }, why.refused) })),
    alternatives: why.alternatives.map(({ shift, metres, because }) => ({
      shiftId: names.shifts[shift]!,
      zoneName: zoneNames.get(names.shifts[shift]!) ?? '',
      metres,
      because,
      text: { ...refusals[because] },
    })),
    refused: refusedView(why),
  }
}

function refusedView({ refused }: WhyHere): WhyHereView['refused'] {
  return refusedMost(refused).map(({ because, shifts: count }) => ({
    because,
    name: { ...refusals[because] },
    shifts: count,
  }))
}

async function zoneNamesOf(db: Reader, shiftIds: readonly string[]): Promise<Map<string, string>> {
  if (shiftIds.length === 0) return new Map()
  const rows = await db
    .select({ id: shifts.id, name: zones.name })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .where(inArray(shifts.id, [...shiftIds]))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The stored proposal as positions of the problem. A head without a name is any such head of the team. */
async function proposalOf(
  db: Reader,
  run: PlanRow,
  { problem, names }: Described,
): Promise<Pick<Proposal, 'assignments' | 'standby'>> {
  const shiftAt = new Map(names.shifts.map((id, at) => [id, at]))
  const volAt = new Map(names.people.map((id, at) => [id, at]))
  const assignments: Placement[] = []
  for (const { personId, shiftId } of await placedBy(db, run.id)) {
    const vol = volAt.get(personId)
    const shift = shiftId === null ? undefined : shiftAt.get(shiftId)
    if (vol !== undefined && shift !== undefined) assignments.push({ vol, shift })
  }
  const nameless = Map.groupBy(
    names.people.keys().filter((vol) => names.people[vol] === null),
    (vol) => `${names.teams[problem.vol.team[vol]!]} ${problem.vol.minor[vol]}`,
  )
  for (const { teamId, shiftId, heads, minors } of await allottedBy(db, run.id)) {
    const shift = shiftAt.get(shiftId)
    if (shift === undefined) continue
    for (const [minor, count] of [
      [1, minors],
      [0, heads - minors],
    ] as const)
      for (const vol of nameless.get(`${teamId} ${minor}`)?.splice(0, count) ?? [])
        assignments.push({ vol, shift })
  }
  const standby = (await standbyOf(db, run.id)).flatMap((personId) => volAt.get(personId) ?? [])
  return { assignments, standby }
}
