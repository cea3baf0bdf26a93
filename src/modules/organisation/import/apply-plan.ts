import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { insertAll } from '../bulk.ts'
import type { Change, TeamInput, UnitInput } from '../changes.ts'
import { searchNameOf } from '../names.ts'
import { savePersons } from '../save-persons.ts'
import { saveTeams } from '../save-teams.ts'
import { saveUnits } from '../save-units.ts'
import { guardianConsents, unitAliases } from '../schema.ts'
import { isNew, type Plan, type PlannedUnit, type Ref } from './verdicts.ts'

/** What a commit wrote, in the order in which it was written: enough to take it back. */
export interface Written {
  changes: Change[]
  /** Rows of consents it recorded. */
  consents: string[]
}

interface Applying {
  tx: Writer
  keys: KeyRing
  at: DateTime
  by: string
  plan: Plan
  written: Written
  /** The rows that new ones became. */
  ids: Map<Ref, string>
}

/** What consent in a list covers, as the record says it. */
const consentScope = '名单所列活动 · the activity of the list'

/** Writes a plan: units, their other names, teams, people, and then who leads and answers for what. */
export async function applyPlan(
  tx: Writer,
  plan: Plan,
  { keys, at, by }: { keys: KeyRing; at: DateTime; by: string },
): Promise<Written> {
  const applying: Applying = {
    tx,
    keys,
    at,
    by,
    plan,
    written: { changes: [], consents: [] },
    ids: new Map(),
  }
  await writeUnits(applying)
  await writeAliases(applying)
  await writeTeams(applying)
  await writePersons(applying)
  await writeOfficers(applying)
  await writeConsents(applying)
  return applying.written
}

/** The id a reference stands for. @throws Error when a plan names what it does not bring */
function idOf({ ids }: Applying, ref: Ref): string {
  const id = isNew(ref) ? ids.get(ref) : ref
  if (id === undefined) throw new Error('the plan names something it does not bring')
  return id
}

/** Level by level: a parent has its id before its children are written. */
async function writeUnits(applying: Applying): Promise<void> {
  const { tx, at, plan, written, ids } = applying
  let left: PlannedUnit[] = plan.units
  while (left.length > 0) {
    const ready = left.filter(({ parent }) => parent === null || !isNew(parent) || ids.has(parent))
    if (ready.length === 0) throw new Error('the units of the plan form a circle')
    const inputs = ready.map(({ input, parent }): UnitInput => {
      return parent === null ? input : { ...input, parentId: idOf(applying, parent) }
    })
    const saved = await saveUnits(tx, inputs, at)
    for (const [n, { ref }] of ready.entries()) ids.set(ref, saved.ids[n] as string)
    written.changes.push(...saved.changes)
    left = left.filter((unit) => !ready.includes(unit))
  }
}

async function writeAliases(applying: Applying): Promise<void> {
  const { tx, at, by, plan, written } = applying
  const rows = plan.aliases.map(({ unit, alias }) => ({
    id: newId(),
    unitId: idOf(applying, unit),
    alias,
    searchAlias: searchNameOf(alias),
    confirmedBy: by,
    confirmedAt: at,
  }))
  await insertAll(tx, unitAliases, rows)
  written.changes.push(...rows.map(({ id }): Change => ({ table: 'unitAliases', id, before: null })))
}

async function writeTeams(applying: Applying): Promise<void> {
  const { tx, at, plan, written, ids } = applying
  const inputs = plan.teams.map(({ input, unit }): TeamInput => {
    return unit === null ? input : { ...input, unitId: idOf(applying, unit) }
  })
  const saved = await saveTeams(tx, inputs, at)
  for (const [n, { ref }] of plan.teams.entries()) ids.set(ref, saved.ids[n] as string)
  written.changes.push(...saved.changes)
}

async function writePersons(applying: Applying): Promise<void> {
  const { tx, keys, at, plan, written, ids } = applying
  const inputs = plan.persons.map(({ input, memberships }) => ({
    ...input,
    memberships: memberships.map(({ team, role }) => ({ teamId: idOf(applying, team), role })),
  }))
  const saved = await savePersons(tx, keys, inputs, at)
  for (const [n, { ref }] of plan.persons.entries()) ids.set(ref, saved.ids[n] as string)
  written.changes.push(...saved.changes)
}

async function writeOfficers(applying: Applying): Promise<void> {
  const { tx, at, plan, written } = applying
  const ofUnits = new Map<string, UnitInput>()
  for (const { unit, name, as, person } of plan.unitPersons) {
    const id = idOf(applying, unit)
    ofUnits.set(id, { ...(ofUnits.get(id) ?? { id, name }), [as]: idOf(applying, person) })
  }
  const ofTeams = plan.teamLeaders.map(({ team, name, person }): TeamInput => {
    return { id: idOf(applying, team), name, leaderPersonId: idOf(applying, person) }
  })
  written.changes.push(...(await saveUnits(tx, [...ofUnits.values()], at)).changes)
  written.changes.push(...(await saveTeams(tx, ofTeams, at)).changes)
}

async function writeConsents(applying: Applying): Promise<void> {
  const { tx, at, by, plan, written } = applying
  const rows = plan.consents.map(({ person, guardianName }) => ({
    id: newId(),
    personId: idOf(applying, person),
    guardianName,
    givenAt: at,
    via: 'paper' as const,
    scope: consentScope,
    recordedBy: by,
    createdAt: at,
  }))
  await insertAll(tx, guardianConsents, rows)
  written.consents.push(...rows.map(({ id }) => id))
}
