import type { ContactInput, MemberRole, PersonInput } from '#modules/organisation/index.ts'
import { inTurns } from '../turns.ts'
import { askedRole } from './ask-reading.ts'
import { classOf, givenTeam, refuseOutOfReach, teamOfRow, unitOfRow } from './judge-teams.ts'
import { putAside, refuse } from './refusals.ts'
import type { Scene } from './scene.ts'
import type { Statement } from './statements.ts'
import type { Judging, Ref } from './verdicts.ts'

/** Assigns the rows of people lists to teams, and collects the statements about people. */
export function placePeople(rows: readonly Judging[], scene: Scene): Promise<void> {
  if (!scene.gate.writes('persons')) putAside(rows, 'persons.not_permitted')
  return inTurns(rows, (judging) => {
    if (!judging.open) return
    const unit = unitOfRow(judging, scene)
    if (unit === undefined) return
    const { entry } = judging.row
    if (unit === null && entry.team === undefined && givenTeam(judging, scene) === undefined) {
      refuse(judging, 'unit', 'unit.missing')
      return
    }
    const team = teamOfRow(judging, unit, entry.team, scene)
    if (team === undefined) return
    refuseOutOfReach(judging, team, scene.teamBook.takesPeople(team), scene.teamBook)
    if (!judging.open) return
    state(
      judging,
      unit ?? scene.teamBook.unitOf(team),
      team,
      leaderByTitle(judging) ?? roleOf(entry.role),
      scene,
    )
  })
}

/** 队员 counts as no role, so that a leader stays a leader: a list adds and never takes away. */
function roleOf(role: MemberRole | undefined): MemberRole | undefined {
  return role === 'member' ? undefined : role
}

/** `leader` if the title of the list names this person as its leader; a phone in the title is then added to the row. */
function leaderByTitle(judging: Judging): MemberRole | undefined {
  const { leader } = judging.row.sheet.reading
  const { entry, remarks } = judging.row
  if (!leader || leader.name !== entry.name) return undefined
  if (entry.role !== 'leader' && !remarks.includes('leader.titled')) judging.remarks.push('leader.titled')
  if (leader.phone && !entry.phone)
    entry.phone = [leader.phone.replace(/[\s-]/g, '').replace(/^\+?86(?=1)/, '')]
  return 'leader'
}

/**
 * Assigns the rows of class lists to classes, and collects the statements about people. Unknown classes are created.
 */
export function placeClasses(rows: readonly Judging[], scene: Scene): Promise<void> {
  if (!scene.gate.writes('persons')) putAside(rows, 'persons.not_permitted')
  return inTurns(rows, (judging) => {
    if (!judging.open) return
    const unit = unitOfRow(judging, scene)
    if (unit === undefined) return
    const { entry } = judging.row
    if (unit === null) {
      refuse(judging, 'unit', 'unit.missing')
      return
    }
    const name = entry.class ?? entry.team
    const given = givenTeam(judging, scene)
    if (name === undefined && given === undefined) {
      refuse(judging, 'class', 'class.missing')
      return
    }
    const team = name === undefined ? given : classOf(judging, unit, name, scene)
    if (team === undefined) return
    refuseOutOfReach(judging, team, scene.teamBook.takesPeople(team), scene.teamBook)
    if (!judging.open) return
    const role = roleInClass(judging, scene)
    if (role === undefined) return
    state(judging, unit, team, role, scene)
    stateTeacher(judging, unit, team, scene)
  })
}

/** Without a role a person is a pupil; `member` is another adult; every other role makes a teacher. */
function roleInClass(judging: Judging, scene: Scene): MemberRole | undefined {
  const { role, roleWord } = judging.row.entry
  if (role === undefined) return roleWord === undefined ? 'pupil' : askedRole(judging, scene)
  if (role === 'pupil' || role === 'member') return role
  return 'teacher'
}

/** The statement about the person the row is for. */
function state(
  judging: Judging,
  unit: Ref | null,
  team: Ref,
  role: MemberRole | undefined,
  { statements }: Scene,
): void {
  const { entry } = judging.row
  const { name = '', sex, birthDate, identityNumber, residence, serviceCategory, skills } = entry
  const input: PersonInput = { name, sex, birthDate, identityNumber, residence, serviceCategory, skills }
  const { guardian, guardianConsent } = entry
  statements.push({
    judging,
    as: 'self',
    unit,
    input: { ...input, contacts: contactsOf(judging) },
    memberships: [{ team, role }],
    consent: consentOf(guardian, guardianConsent),
  })
}

/** A refusal counts without a name; consent counts only with the name of the guardian. */
function consentOf(guardian: string | undefined, says: boolean | undefined): Statement['consent'] {
  if (says === undefined || (says && guardian === undefined)) return undefined
  return { guardianName: guardian ?? '监护人', says: says ? 'yes' : 'no' }
}

/** The numbers of one guardian. */
function numbersOf(guardian: string | undefined, phones: readonly string[] = []): ContactInput[] {
  return phones.map((value) => ({ kind: 'phone', value, relation: 'guardian', ownerName: guardian ?? null }))
}

function contactsOf({ row: { entry } }: Judging): ContactInput[] {
  const own = (entry.phone ?? []).map((value): ContactInput => ({ kind: 'phone', value }))
  const mail: ContactInput[] = entry.email === undefined ? [] : [{ kind: 'email', value: entry.email }]
  const guardians = numbersOf(entry.guardian, entry.guardianPhone)
  const second = numbersOf(entry.secondGuardian, entry.secondGuardianPhone)
  const noted = (entry.otherPhones ?? []).map(
    ({ value, whose }): ContactInput => ({ kind: 'phone', value, relation: whose }),
  )
  return [...own, ...mail, ...guardians, ...second, ...noted]
}

function stateTeacher(judging: Judging, unit: Ref, team: Ref, { statements }: Scene): void {
  const { teacher, teacherPhone } = judging.row.entry
  if (teacher === undefined) return
  statements.push({
    judging,
    as: 'teacher',
    unit,
    input: { name: teacher, contacts: (teacherPhone ?? []).map((value) => ({ kind: 'phone', value })) },
    memberships: [{ team, role: 'teacher' }],
  })
}
