/** Writes the plans of the organisation's registers, with the functions of the slice that owns the tables. */
import { and, isNull } from 'drizzle-orm'
import {
  fileFromList,
  nobodyKnown,
  type Permits,
  permitsFor,
  saveAliases,
  saveConsents,
  savePersons,
  saveTeams,
  saveUnits,
  type TeamInput,
  type UnitInput,
} from '#modules/organisation/index.ts'
import { persons, teams } from '#modules/organisation/schema.ts'
import { among } from '#platform/database/dialect.ts'
import type { Reader } from '#platform/database/port.ts'
import { reachesNothing } from '#platform/http/access.ts'
import { ChangedMeanwhile, parts, type Slice, type Writing } from '../judge/register.ts'
import type { PersonsPlan, PlannedPerson, PlannedUnit, TeamsPlan, UnitsPlan } from '../judge/verdicts.ts'
import { piecesOf } from './undo-organisation.ts'

/** The scope of a consent from a list, as recorded. */
const consentScope = '名单所列活动 · the activity of the list'

/** Writes units level by level, so that parents have ids before their children; then the aliases. */
export function* unitSlices({ units, aliases }: UnitsPlan, writing: Writing): Iterable<Slice> {
  const { at, by, gate } = writing
  let left: PlannedUnit[] = units
  while (left.length > 0) {
    const ready = left.filter(({ parent }) => parent === null || writing.isWritten(parent))
    if (ready.length === 0) throw new Error('the units of the plan form a circle')
    for (const some of parts(ready)) {
      yield async (tx) => {
        const inputs = some.map(({ input, parent }): UnitInput => {
          return parent === null ? input : { ...input, parentId: writing.idOf(parent) }
        })
        const saved = await saveUnits(tx, inputs, at, gate.sees)
        for (const [n, { ref }] of some.entries()) writing.became(ref, saved.ids[n] as string)
        return piecesOf(saved.changes)
      }
    }
    const written = new Set(ready)
    left = left.filter((unit) => !written.has(unit))
  }
  for (const some of parts(aliases)) {
    yield async (tx) => {
      const named = some.map(({ unit, alias }) => ({ unitId: writing.idOf(unit), alias }))
      return piecesOf(await saveAliases(tx, named, { by, at }))
    }
  }
}

/** Writes the planned teams and records the ids of the new ones. Their leaders are written with the people. */
export function* teamSlices({ teams }: TeamsPlan, writing: Writing): Iterable<Slice> {
  for (const some of parts(teams)) {
    yield async (tx) => {
      const inputs = some.map(({ input, unit }): TeamInput => {
        return unit === null ? input : { ...input, unitId: writing.idOf(unit) }
      })
      const saved = await saveTeams(tx, inputs, writing.at, writing.gate.sees)
      for (const [n, { ref }] of some.entries()) writing.became(ref, saved.ids[n] as string)
      return piecesOf(saved.changes)
    }
  }
}

/** Writes people, then leaders and liaisons, then requests and guardians' consents. */
export function* personSlices(plan: PersonsPlan, writing: Writing, permits: Permits): Iterable<Slice> {
  const { keys, at, by, gate } = writing
  const reach = gate.reachOf('persons')
  for (const some of parts(plan.persons)) {
    yield async (tx) => {
      await assertAsJudged(tx, some)
      const inputs = some.map(({ input, memberships }) => ({
        ...input,
        memberships: memberships.map(({ team, role }) => ({ teamId: writing.idOf(team), role })),
      }))
      const known = inputs.flatMap(({ id }) => id ?? [])
      const granted = reach === null ? nobodyKnown : await permitsFor(tx, permits, reach, known)
      const saved = await savePersons(tx, keys, inputs, { permits: granted, at })
      for (const [n, { ref }] of some.entries()) writing.became(ref, saved.ids[n] as string)
      return piecesOf(saved.changes)
    }
  }
  yield* officerSlices(plan, writing)
  for (const some of parts(plan.requests)) {
    yield async (tx) => {
      const whose = some.map(({ personId }) => personId)
      const { reached } = await permitsFor(tx, permits, reach ?? reachesNothing, whose)
      const doing = { permit: reached, by: { userId: by }, at }
      return piecesOf([], [], await fileFromList(tx, keys, some, doing))
    }
  }
  for (const some of parts(plan.consents)) {
    yield async (tx) => {
      const consents = some.map(({ person, guardianName, says }) => {
        return { personId: writing.idOf(person), guardianName, says, scope: consentScope }
      })
      return piecesOf([], await saveConsents(tx, keys, consents, { by, at }))
    }
  }
}

/** @throws ChangedMeanwhile when somebody edited one of these people since the rows were judged */
async function assertAsJudged(tx: Reader, planned: readonly PlannedPerson[]): Promise<void> {
  const seen = new Map<string, number>()
  for (const { ref, version } of planned) if (version !== undefined) seen.set(ref, version)
  if (seen.size === 0) return
  const rows = await tx
    .select({ id: persons.id, version: persons.version })
    .from(persons)
    .where(among(persons.id, [...seen.keys()]))
  const same = rows.filter(({ id, version }) => seen.get(id) === version).length
  if (same < seen.size) throw new ChangedMeanwhile('a person was edited')
}

function* officerSlices(plan: PersonsPlan, writing: Writing): Iterable<Slice> {
  const ofUnits = new Map<string, UnitInput>()
  const ofTeams: TeamInput[] = []
  for (const { of, ref, name, as, person } of plan.officers) {
    const [id, personId] = [writing.idOf(ref), writing.idOf(person)]
    if (of === 'team') ofTeams.push({ id, name, leaderPersonId: personId })
    else ofUnits.set(id, { ...(ofUnits.get(id) ?? { id, name }), [as]: personId })
  }
  for (const some of parts([...ofUnits.values()]))
    yield async (tx) => piecesOf((await saveUnits(tx, some, writing.at)).changes)
  for (const some of parts(ofTeams))
    yield async (tx) => piecesOf((await saveTeams(tx, some, writing.at)).changes)
  for (const some of parts([...leadersOf(plan, { ofTeams, writing })])) {
    yield async (tx) => {
      const led = await unledOf(tx, new Map(some))
      return piecesOf((await saveTeams(tx, led, writing.at)).changes)
    }
  }
}

/** The first member of each team that is listed as leader, where the list does not name the leader itself. */
function leadersOf(
  { persons: people }: PersonsPlan,
  { ofTeams, writing }: { ofTeams: readonly TeamInput[]; writing: Writing },
): Map<string, string> {
  const leaders = new Map<string, string>()
  for (const { ref, memberships } of people)
    for (const { team, role } of memberships)
      if (role === 'leader' && !leaders.has(writing.idOf(team)))
        leaders.set(writing.idOf(team), writing.idOf(ref))
  for (const { id } of ofTeams) leaders.delete(id as string)
  return leaders
}

/** A member listed as leader leads the team, if nobody does: the role and the team's leader are one fact. */
async function unledOf(tx: Reader, leaders: ReadonlyMap<string, string>): Promise<TeamInput[]> {
  const free = await tx
    .select({ id: teams.id, name: teams.name })
    .from(teams)
    .where(and(among(teams.id, [...leaders.keys()]), isNull(teams.leaderPersonId)))
  return free.map(({ id, name }) => ({ id, name, leaderPersonId: leaders.get(id) as string }))
}
