/** Writes the plans of the organisation's registers, with the functions of the slice that owns the tables. */
import { and, isNull } from 'drizzle-orm'
import {
  type Change,
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
import { teams } from '#modules/organisation/schema.ts'
import { among } from '#platform/database/dialect.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import type { Writing } from '../judge/register.ts'
import type { PersonsPlan, PlannedUnit, TeamsPlan, UnitsPlan } from '../judge/verdicts.ts'
import { piecesOf, type Written } from './undo-organisation.ts'

/** The scope of a consent from a list, as recorded. */
const consentScope = '名单所列活动 · the activity of the list'

/** Writes units level by level, so that parents have ids before their children; then the aliases. */
export async function writeUnits(
  tx: Writer,
  { units, aliases }: UnitsPlan,
  writing: Writing,
): Promise<Written[]> {
  const { at, by, gate } = writing
  const changes: Change[] = []
  let left: PlannedUnit[] = units
  while (left.length > 0) {
    const ready = left.filter(({ parent }) => parent === null || writing.isWritten(parent))
    if (ready.length === 0) throw new Error('the units of the plan form a circle')
    const inputs = ready.map(({ input, parent }): UnitInput => {
      return parent === null ? input : { ...input, parentId: writing.idOf(parent) }
    })
    const saved = await saveUnits(tx, inputs, at, gate.sees)
    for (const [n, { ref }] of ready.entries()) writing.became(ref, saved.ids[n] as string)
    changes.push(...saved.changes)
    left = left.filter((unit) => !ready.includes(unit))
  }
  const named = aliases.map(({ unit, alias }) => ({ unitId: writing.idOf(unit), alias }))
  changes.push(...(await saveAliases(tx, named, { by, at })))
  return piecesOf(changes)
}

/** Writes the planned teams and records the ids of the new ones. Their leaders are written with the people. */
export async function writeTeams(tx: Writer, { teams }: TeamsPlan, writing: Writing): Promise<Written[]> {
  const inputs = teams.map(({ input, unit }): TeamInput => {
    return unit === null ? input : { ...input, unitId: writing.idOf(unit) }
  })
  const saved = await saveTeams(tx, inputs, writing.at, writing.gate.sees)
  for (const [n, { ref }] of teams.entries()) writing.became(ref, saved.ids[n] as string)
  return piecesOf(saved.changes)
}

const noReach = { everything: false as const, paths: [], codes: [], ids: [] }

/** Writes people, then leaders and liaisons, then guardians' consents. */
export async function writePersons(
  tx: Writer,
  plan: PersonsPlan,
  writing: Writing,
  permits: Permits,
): Promise<Written[]> {
  const { keys, at, by, gate } = writing
  const inputs = plan.persons.map(({ input, memberships }) => ({
    ...input,
    memberships: memberships.map(({ team, role }) => ({ teamId: writing.idOf(team), role })),
  }))
  const reach = gate.reachOf('persons')
  const known = inputs.flatMap(({ id }) => id ?? [])
  const granted = reach === null ? nobodyKnown : await permitsFor(tx, permits, reach, known)
  const saved = await savePersons(tx, keys, inputs, { permits: granted, at })
  for (const [n, { ref }] of plan.persons.entries()) writing.became(ref, saved.ids[n] as string)
  const officers = await writeOfficers(tx, plan, writing)
  const consents = plan.consents.map(({ person, guardianName, says }) => {
    return { personId: writing.idOf(person), guardianName, says, scope: consentScope }
  })
  const asked = await permitsFor(
    tx,
    permits,
    reach ?? noReach,
    plan.requests.map(({ personId }) => personId),
  )
  const doing = { permit: asked.reached, by: { userId: by }, at }
  const requests = await fileFromList(tx, keys, plan.requests, doing)
  return piecesOf(
    [...saved.changes, ...officers],
    await saveConsents(tx, keys, consents, { by, at }),
    requests,
  )
}

async function writeOfficers(tx: Writer, plan: PersonsPlan, writing: Writing): Promise<Change[]> {
  const { officers } = plan
  const ofUnits = new Map<string, UnitInput>()
  const ofTeams: TeamInput[] = []
  for (const { of, ref, name, as, person } of officers) {
    const [id, personId] = [writing.idOf(ref), writing.idOf(person)]
    if (of === 'team') ofTeams.push({ id, name, leaderPersonId: personId })
    else ofUnits.set(id, { ...(ofUnits.get(id) ?? { id, name }), [as]: personId })
  }
  const units = await saveUnits(tx, [...ofUnits.values()], writing.at)
  const saved = await saveTeams(
    tx,
    [...ofTeams, ...(await ledNow(tx, plan, { ofTeams, writing }))],
    writing.at,
  )
  return [...units.changes, ...saved.changes]
}

/** A member listed as leader leads the team, if nobody does: the role and the team's leader are one fact. */
async function ledNow(
  tx: Writer,
  { persons }: PersonsPlan,
  { ofTeams, writing }: { ofTeams: readonly TeamInput[]; writing: Writing },
): Promise<TeamInput[]> {
  const leaders = new Map<string, string>()
  for (const { ref, memberships } of persons)
    for (const { team, role } of memberships)
      if (role === 'leader' && !leaders.has(writing.idOf(team)))
        leaders.set(writing.idOf(team), writing.idOf(ref))
  for (const { id } of ofTeams) leaders.delete(id as string)
  const found: TeamInput[] = []
  await inChunks([...leaders.keys()], 500, async (some) => {
    const free = await tx
      .select({ id: teams.id, name: teams.name })
      .from(teams)
      .where(and(among(teams.id, some), isNull(teams.leaderPersonId)))
    for (const { id, name } of free) found.push({ id, name, leaderPersonId: leaders.get(id) as string })
  })
  return found
}
