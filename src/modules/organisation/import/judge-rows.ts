import type { ContactInput, PersonInput } from '../person-input.ts'
import type { MemberRole } from '../words.ts'
import { classOf, refuseOutOfReach, type TeamsContext, teamOfRow, unitOfRow } from './judge-teams.ts'
import { refuse } from './judge-units.ts'
import { inTurns } from './turns.ts'
import type { Judging, Ref } from './verdicts.ts'

/** Places the rows of lists of people in their teams, and notes what they say about whom. */
export function judgePeople(rows: readonly Judging[], context: TeamsContext): Promise<void> {
  return inTurns(rows, (judging) => {
    if (!judging.open) return
    const unit = unitOfRow(judging, context)
    if (unit === undefined) return
    const { entry } = judging.row
    if (unit === null && entry.team === undefined) {
      refuse(judging, 'unit', 'unit.missing')
      return
    }
    const team = teamOfRow(judging, unit, entry.team, context)
    if (team === undefined) return
    refuseOutOfReach(judging, team, context)
    if (!judging.open) return
    state(
      judging,
      unit ?? context.teamBook.unitOf(team),
      team,
      leaderByTitle(judging) ?? roleOf(entry.role),
      context,
    )
  })
}

/** Whoever is only a member is not thereby removed from an office: a list adds, and never takes away. */
function roleOf(role: MemberRole | undefined): MemberRole | undefined {
  return role === 'member' ? undefined : role
}

/** The title of a list may name its leader. */
function leaderByTitle(judging: Judging): MemberRole | undefined {
  const { leader } = judging.row.sheet.reading
  const { entry, remarks } = judging.row
  if (!leader || leader.name !== entry.name) return undefined
  if (entry.role !== 'leader' && !remarks.includes('leader.titled')) judging.remarks.push('leader.titled')
  if (leader.phone && !entry.phone)
    entry.phone = [leader.phone.replace(/[\s-]/g, '').replace(/^\+?86(?=1)/, '')]
  return 'leader'
}

/** Judges class lists: the school names its classes here, and everybody who is not a teacher is a pupil. */
export function judgeClasses(rows: readonly Judging[], context: TeamsContext): Promise<void> {
  return inTurns(rows, (judging) => {
    if (!judging.open) return
    const unit = unitOfRow(judging, context)
    if (unit === undefined) return
    const { entry } = judging.row
    if (unit === null) {
      refuse(judging, 'unit', 'unit.missing')
      return
    }
    const name = entry.class ?? entry.team
    if (name === undefined) {
      refuse(judging, 'class', 'class.missing')
      return
    }
    const team = classOf(unit, name, context.teamBook)
    refuseOutOfReach(judging, team, context)
    if (!judging.open) return
    if (!context.teamBook.known(team)) planClass(team, unit, context)
    const role =
      entry.role === 'teacher' || entry.role === 'leader' || entry.role === 'deputy' ? 'teacher' : 'pupil'
    state(judging, unit, team, role, context)
    stateTeacher(judging, unit, team, context)
  })
}

function planClass(team: Ref, unit: Ref, { plan, teamBook }: TeamsContext): void {
  if (plan.teams.some(({ ref }) => ref === team)) return
  plan.teams.push({ ref: team, unit, input: { name: teamBook.nameOf(team), kind: 'class' } })
}

/** What the row says about the person it is for. */
function state(
  judging: Judging,
  unit: Ref | null,
  team: Ref,
  role: MemberRole | undefined,
  { statements, plan }: TeamsContext,
): void {
  const { entry } = judging.row
  const { name = '', sex, birthDate, identityNumber, residence, serviceCategory, skills } = entry
  const input: PersonInput = { name, sex, birthDate, identityNumber, residence, serviceCategory, skills }
  const { guardian, guardianConsent } = entry
  statements.add({
    judging,
    as: 'self',
    unit,
    knownAs: null,
    input: { ...input, contacts: contactsOf(judging) },
    memberships: [{ team, role }],
    settle:
      guardian !== undefined && guardianConsent
        ? (person) => plan.consents.push({ person, guardianName: guardian, by: judging })
        : undefined,
  })
}

function contactsOf({ row: { entry } }: Judging): ContactInput[] {
  const own = (entry.phone ?? []).map((value): ContactInput => ({ kind: 'phone', value }))
  const mail: ContactInput[] = entry.email === undefined ? [] : [{ kind: 'email', value: entry.email }]
  const guardians = (entry.guardianPhone ?? []).map(
    (value): ContactInput => ({
      kind: 'phone',
      value,
      relation: 'guardian',
      ownerName: entry.guardian ?? null,
    }),
  )
  return [...own, ...mail, ...guardians]
}

function stateTeacher(judging: Judging, unit: Ref, team: Ref, { statements }: TeamsContext): void {
  const { teacher, teacherPhone } = judging.row.entry
  if (teacher === undefined) return
  statements.add({
    judging,
    as: 'teacher',
    unit,
    knownAs: null,
    input: { name: teacher, contacts: (teacherPhone ?? []).map((value) => ({ kind: 'phone', value })) },
    memberships: [{ team, role: 'teacher' }],
  })
}
