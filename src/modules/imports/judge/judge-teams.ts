import type { TeamInput } from '#modules/organisation/index.ts'
import type { JudgedSheet } from '../read/staged.ts'
import type { ListKind } from '../words.ts'
import { goWith, putAside, refuse } from './refusals.ts'
import type { Scene } from './scene.ts'
import type { KnownTeam, TeamBook } from './team-book.ts'
import { isNew, type Judging, type Ref, type TeamsPlan } from './verdicts.ts'

/** The team that a user set for the rows of the sheet that name neither a team nor a class. */
export function givenTeam({ row: { sheet, entry } }: Judging, { teamBook }: Scene): Ref | undefined {
  const id = sheet.reading.given?.teamId
  const named = entry.team !== undefined || entry.class !== undefined
  return id === undefined || named || !teamBook.known(id) ? undefined : id
}

/** The unit of a row: its own, else the sheet's. Null: none is named; undefined: the row waits or is refused. */
export function unitOfRow(judging: Judging, scene: Scene): Ref | null | undefined {
  const name = judging.row.entry.unit
  if (name !== undefined) return resolveUnit(judging, name, scene)
  const { given } = judging.row.sheet.reading
  if (given?.unitId !== undefined && scene.book.known(given.unitId)) return given.unitId
  const team = givenTeam(judging, scene)
  if (team !== undefined) return scene.teamBook.unitOf(team)
  const unit = scene.sheetUnits.of(judging)
  return unit === 'waits' ? undefined : unit
}

/** The unit that a name in a row means; undefined: the row waits for an answer, is skipped or refused. */
export function resolveUnit(judging: Judging, name: string, { book, questions }: Scene): Ref | undefined {
  const found = book.resolve(name)
  if ('unit' in found) return found.unit
  if ('skip' in found) judging.skipped = true
  else if ('blocked' in found) goWith(judging, found.blocked, 'unit')
  else if ('closed' in found) refuse(judging, 'unit', 'unit.closed', { value: name })
  else {
    questions.ask(judging, {
      kind: 'unit',
      topic: book.topicOf(name),
      name,
      within: judging.row.sheet.reading.name || null,
      mayCreate: book.direct(name) !== 'several',
      propose: () => book.proposals(name),
    })
  }
  return undefined
}

/** The team of a row. Undefined: the row waits for an answer, is skipped by one, or is refused. */
export function teamOfRow(
  judging: Judging,
  unit: Ref | null,
  name: string | undefined,
  scene: Scene,
): Ref | undefined {
  const { book, teamBook, questions } = scene
  const given = name === undefined ? givenTeam(judging, scene) : undefined
  if (given !== undefined) return given
  const found = teamBook.resolve(unit, name)
  if ('team' in found) return found.team
  if ('skip' in found) {
    judging.skipped = true
    return undefined
  }
  if ('blocked' in found) {
    goWith(judging, found.blocked, 'team')
    return undefined
  }
  questions.ask(judging, {
    kind: 'team',
    topic: teamBook.topicOf(unit, name ?? ''),
    name: found.name,
    within: unit === null ? null : book.nameOf(unit),
    mayCreate: true,
    propose: () => teamBook.proposals(unit, found.name),
  })
  return undefined
}

/** Refuses the row if the import may not write into its team. */
export function refuseOutOfReach(judging: Judging, team: Ref, writable: boolean, book: TeamBook): void {
  if (!writable) refuse(judging, 'team', 'unit.out_of_reach', { value: book.nameOf(team) })
}

/** Records the teams of rows that are not imported: rows that name them share the fate of those rows. */
function blockTeams(rows: readonly Judging[], { book, teamBook }: Scene): void {
  for (const judging of rows) {
    const { team, unit } = judging.row.entry
    if (judging.open || team === undefined) continue
    const found = unit === undefined ? undefined : book.resolve(unit)
    if (found === undefined || 'unit' in found) teamBook.block(found?.unit ?? null, team, judging)
  }
}

/** Judges registers of teams, then lists of head counts, which may name a team from a register. */
export async function judgeTeams(rows: readonly Judging[], scene: Scene): Promise<TeamsPlan> {
  await loadTeams(scene)
  const plan: TeamsPlan = { teams: [] }
  const of = (list: ListKind) => rows.filter(({ row }) => row.sheet.list === list)
  judgeTeamRows(of('teams'), plan, scene)
  judgeHeads(of('heads'), plan, scene)
  return plan
}

/**
 * Judges the rows of registers of teams. Registers create unknown teams. If the importer may not edit the team, only the
 * person in the row is read, as a member of the known team.
 */
function judgeTeamRows(rows: readonly Judging[], plan: TeamsPlan, scene: Scene): void {
  const { teamBook } = scene
  const writes = scene.gate.writes('teams')
  const listed = new Map<Ref, Judging>()
  if (writes) blockTeams(rows, scene)
  for (const judging of rows) {
    if (!judging.open) continue
    const unit = unitOfRow(judging, scene)
    if (unit === undefined) continue
    const name = judging.row.entry.team as string
    const known = teamBook.find(unit, name)
    const team = known ?? (writes ? teamBook.add(unit, name, 'team') : undefined)
    if (team === undefined || (known !== undefined && !isNew(known) && !teamBook.mayEdit(known))) {
      stateMember(judging, known, unit, scene)
      continue
    }
    if (repeats(judging, team, listed)) continue
    refuseOutOfReach(judging, team, teamBook.mayEdit(team), teamBook)
    if (!judging.open) continue
    planTeam(judging, { team, unit, input: { name, ...statedOf(judging) } }, plan, scene)
    stateLeader(judging, team, unit, scene)
  }
}

/** For a row whose team is not changed: its person is read as a member, without an office. */
function stateMember(judging: Judging, team: Ref | undefined, unit: Ref | null, scene: Scene): void {
  const { leader, leaderPhone } = judging.row.entry
  if (team === undefined || leader === undefined || !scene.teamBook.takesPeople(team)) {
    putAside([judging], 'teams.not_permitted')
    return
  }
  judging.remarks.push('teams.not_permitted')
  scene.statements.push({
    judging,
    as: 'self',
    unit,
    input: { name: leader, contacts: (leaderPhone ?? []).map((value) => ({ kind: 'phone', value })) },
    memberships: [{ team }],
  })
}

function repeats(judging: Judging, team: Ref, listed: Map<Ref, Judging>): boolean {
  const earlier = listed.get(team)
  listed.set(team, earlier ?? judging)
  if (!earlier) return false
  judging.repeats(earlier.row)
  if (JSON.stringify(judging.row.entry) === JSON.stringify(earlier.row.entry)) judging.outcome = 'duplicate'
  else refuse(judging, 'team', 'row.contradicts', { row: earlier.row })
  return true
}

function statedOf(judging: Judging): Partial<TeamInput> {
  const { longitude, latitude, heads, adults, minors } = judging.row.entry
  const total =
    heads ?? (adults === undefined && minors === undefined ? undefined : (adults ?? 0) + (minors ?? 0))
  return { baseLongitude: longitude, baseLatitude: latitude, statedHeads: total, statedMinors: minors }
}

const columns = ['baseLatitude', 'baseLongitude', 'statedHeads', 'statedMinors'] as const

function changesOf(known: KnownTeam, input: TeamInput): string[] {
  return columns.filter((column) => input[column] !== undefined && input[column] !== known[column])
}

/** Plans the changes of the team itself. */
function planTeam(
  judging: Judging,
  { team, unit, input }: { team: Ref; unit: Ref | null; input: TeamInput },
  plan: TeamsPlan,
  { teamBook }: Scene,
): void {
  const known = teamBook.known(team)
  judging.contributed = true
  if (!known) {
    plan.teams.push({ ref: team, unit, input: { ...input, kind: teamBook.added(team)?.kind ?? 'team' } })
    judging.outcome = 'new'
    return
  }
  const changes = changesOf(known, input)
  if (changes.length > 0)
    plan.teams.push({ ref: team, unit: null, input: { ...input, id: team, name: known.name } })
  for (const change of changes) judging.changes.add(change)
  judging.target = { kind: 'team', id: team }
  judging.outcome = changes.length > 0 ? 'update' : 'unchanged'
}

function stateLeader(judging: Judging, team: Ref, unit: Ref | null, { teamBook, statements }: Scene): void {
  const { leader, leaderPhone } = judging.row.entry
  if (leader === undefined) return
  if (!teamBook.takesPeople(team)) {
    judging.remarks.push('persons.not_permitted')
    return
  }
  const [name, holder] = [teamBook.nameOf(team), teamBook.known(team)?.leaderPersonId ?? null]
  statements.push({
    judging,
    as: 'leader',
    unit,
    input: { name: leader, contacts: (leaderPhone ?? []).map((value) => ({ kind: 'phone', value })) },
    memberships: [{ team, role: 'leader' }],
    office: { of: 'team', ref: team, name, as: 'leaderPersonId', holder },
  })
}

/** Judges lists of head counts without names: a team or class, or a unit with one team, and the number of people. */
function judgeHeads(rows: readonly Judging[], plan: TeamsPlan, scene: Scene): void {
  const listed = new Map<Ref, Judging>()
  const { teamBook } = scene
  if (!scene.gate.writes('teams')) putAside(rows, 'teams.not_permitted')
  for (const judging of rows) {
    if (!judging.open) continue
    const { entry } = judging.row
    const { statedHeads, statedMinors } = statedOf(judging)
    if (statedHeads === undefined || statedHeads === null) {
      refuse(judging, 'heads', 'heads.missing')
      continue
    }
    if ((statedMinors ?? 0) > statedHeads) {
      refuse(judging, 'heads', 'heads.fewer', { value: String(statedHeads) })
      continue
    }
    const unit = unitOfRow(judging, scene)
    if (unit === undefined) continue
    if (unit === null && entry.team === undefined) {
      refuse(judging, 'unit', 'unit.missing')
      continue
    }
    const team = headsTeam(judging, unit, scene)
    if (team === undefined || repeats(judging, team, listed)) continue
    refuseOutOfReach(judging, team, teamBook.mayEdit(team), teamBook)
    const input = { name: teamBook.nameOf(team), ...statedOf(judging) }
    if (judging.open) planTeam(judging, { team, unit, input }, plan, scene)
  }
}

/** Unknown classes are created; an unknown team is asked about. */
function headsTeam(judging: Judging, unit: Ref | null, scene: Scene): Ref | undefined {
  const { entry } = judging.row
  if (entry.class === undefined || unit === null) return teamOfRow(judging, unit, entry.team, scene)
  return classOf(judging, unit, entry.class, scene)
}

/** The class of that name. An unknown one is created if the importer may edit teams; otherwise a question is asked. */
export function classOf(judging: Judging, unit: Ref, name: string, scene: Scene): Ref | undefined {
  const { teamBook, gate } = scene
  const known = teamBook.find(unit, name, 'class')
  if (known !== undefined) return known
  return gate.writes('teams') ? teamBook.add(unit, name, 'class') : teamOfRow(judging, unit, name, scene)
}

/** Adds to the plan the teams that answers create and the new classes of lists, if the importer may edit them. */
export function planAddedTeams(plan: TeamsPlan, { teamBook }: Scene): void {
  const planned = new Set(plan.teams.map(({ ref }) => ref))
  for (const { ref, name, unit, kind } of teamBook.allAdded) {
    if (!planned.has(ref) && teamBook.mayEdit(ref)) plan.teams.push({ ref, unit, input: { name, kind } })
  }
}

/** Loads the teams of all units named by lists, and by name the teams of rows without a unit. */
async function loadTeams({ book, teamBook, rows, answered }: Scene): Promise<void> {
  const unitIds = new Set(answered('unit').flatMap(({ id }) => id ?? []))
  for (const { sheet } of rows) if (sheet.reading.given?.unitId) unitIds.add(sheet.reading.given.unitId)
  const names = new Set<string>()
  const said = new Map<JudgedSheet | string, Ref[]>()
  const refsOf = (candidates: readonly string[]) =>
    candidates.flatMap((name) => {
      const found = book.direct(name)
      return found === undefined || found === 'closed' || found === 'several' ? [] : [found]
    })
  for (const { sheet, entry } of rows) {
    if (sheet.list === 'units') continue
    const by = entry.unit ?? sheet
    const refs =
      said.get(by) ?? refsOf(entry.unit === undefined ? sheet.reading.unitCandidates : [entry.unit])
    said.set(by, refs)
    for (const ref of refs) if (!isNew(ref)) unitIds.add(ref)
    if (refs.length === 0 && entry.team !== undefined) names.add(entry.team)
  }
  await teamBook.load(unitIds, names)
}
