import type { TeamInput } from '../changes.ts'
import type { TeamKind } from '../words.ts'
import { goWith, refuse, type UnitsContext } from './judge-units.ts'
import type { KnownTeam, TeamBook } from './team-book.ts'
import type { Judging, Ref } from './verdicts.ts'

export interface TeamsContext extends UnitsContext {
  teamBook: TeamBook
  /** The unit a sheet says all of its rows belong to. */
  sheetUnit: (judging: Judging) => Ref | null | 'waits'
}

/** The unit of a row: its own, else the sheet's. Null: none is named; undefined: the row waits or is refused. */
export function unitOfRow(judging: Judging, context: TeamsContext): Ref | null | undefined {
  const { book, questions } = context
  const name = judging.row.entry.unit
  if (name === undefined) {
    const unit = context.sheetUnit(judging)
    return unit === 'waits' ? undefined : unit
  }
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

/** Asks which team is meant, or puts the row aside as was decided. */
export function teamOfRow(
  judging: Judging,
  unit: Ref | null,
  name: string | undefined,
  context: TeamsContext,
): Ref | undefined {
  const { book, teamBook, questions } = context
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

/** Whether the import may touch the team, or one it adds to the unit. */
export function refuseOutOfReach(judging: Judging, team: Ref, { teamBook }: TeamsContext): void {
  if (!teamBook.reaches(team)) refuse(judging, 'team', 'unit.out_of_reach', { value: teamBook.nameOf(team) })
}

/** Rows that are not taken keep those waiting that name their team. */
function blockTeams(rows: readonly Judging[], { book, teamBook }: TeamsContext): void {
  for (const judging of rows) {
    const { team, unit } = judging.row.entry
    if (judging.open || team === undefined) continue
    const found = unit === undefined ? undefined : book.resolve(unit)
    if (found === undefined || 'unit' in found) teamBook.block(found?.unit ?? null, team, judging)
  }
}

/** Judges the rows of registers of teams: they create what is not known, being the place where teams are named. */
export function judgeTeams(rows: readonly Judging[], context: TeamsContext): void {
  const listed = new Map<Ref, Judging>()
  blockTeams(rows, context)
  for (const judging of rows) {
    if (!judging.open) continue
    const { entry } = judging.row
    const unit = unitOfRow(judging, context)
    if (unit === undefined) continue
    const name = entry.team as string
    const team = context.teamBook.find(unit, name) ?? context.teamBook.add(unit, name, 'team')
    if (repeats(judging, team, listed)) continue
    refuseOutOfReach(judging, team, context)
    if (!judging.open) continue
    planTeam(judging, team, unit, { name, ...statedOf(judging) }, context)
    planLeader(judging, team, unit, context)
  }
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

/** Plans what the row says of the team itself. */
function planTeam(
  judging: Judging,
  team: Ref,
  unit: Ref | null,
  input: TeamInput,
  { teamBook, plan }: TeamsContext,
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

function planLeader(
  judging: Judging,
  team: Ref,
  unit: Ref | null,
  { teamBook, plan, statements }: TeamsContext,
): void {
  const { leader, leaderPhone } = judging.row.entry
  if (leader === undefined) return
  const known = teamBook.known(team)
  statements.add({
    judging,
    as: 'leader',
    unit,
    knownAs: known?.leaderPersonId ?? null,
    input: { name: leader, contacts: (leaderPhone ?? []).map((value) => ({ kind: 'phone', value })) },
    memberships: [{ team, role: 'leader' }],
    settle: (person) => {
      if (known?.leaderPersonId === person) return
      plan.teamLeaders.push({ team, name: teamBook.nameOf(team), person })
      judging.raise('leader')
    },
  })
}

/** Judges lists of heads without names: a team or class, or a unit with one team, and how many come. */
export function judgeHeads(rows: readonly Judging[], context: TeamsContext): void {
  const listed = new Map<Ref, Judging>()
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
    const unit = unitOfRow(judging, context)
    if (unit === undefined) continue
    if (unit === null && entry.team === undefined) {
      refuse(judging, 'unit', 'unit.missing')
      continue
    }
    const team = headsTeam(judging, unit, context)
    if (team === undefined || repeats(judging, team, listed)) continue
    refuseOutOfReach(judging, team, context)
    if (judging.open)
      planTeam(judging, team, unit, { name: context.teamBook.nameOf(team), ...statedOf(judging) }, context)
  }
}

/** Classes are created where a school names them; a team is one that is known, or somebody decides. */
function headsTeam(judging: Judging, unit: Ref | null, context: TeamsContext): Ref | undefined {
  const { entry } = judging.row
  if (entry.class === undefined || unit === null) return teamOfRow(judging, unit, entry.team, context)
  return classOf(unit, entry.class, context.teamBook)
}

export function classOf(unit: Ref, name: string, book: TeamBook, kind: TeamKind = 'class'): Ref {
  return book.find(unit, name, kind) ?? book.add(unit, name, kind)
}
