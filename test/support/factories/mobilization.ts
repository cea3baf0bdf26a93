import type { AssignmentView } from '#modules/mobilization/contract.ts'
import type { TestApp } from '#test/support/app.ts'
import { aPerson, aPhone, aTeam, aUnit, type PersonWanted } from '#test/support/factories/organisation.ts'

/** A team with this many adults. */
export async function crowd(
  app: TestApp,
  size: number,
  teamId?: string,
): Promise<{ teamId: string; people: { id: string }[] }> {
  const team = teamId ?? (await aTeam(app.db)).id
  const people = []
  for (let at = 0; at < size; at++) people.push(await aPerson(app, { teamId: team }))
  return { teamId: team, people }
}

/** The city office names somebody into a shift. */
export async function anAssignment(
  app: TestApp,
  { shiftId, personId, phone }: { shiftId: string; personId?: string; phone?: string },
): Promise<AssignmentView> {
  const person = personId ?? (await aPerson(app, { phone })).id
  const reply = await app
    .as('city_office')
    .put(`/api/shifts/${shiftId}/assignments/${person}`)
    .send({})
    .expect(200)
  return reply.body
}

/** A school with one class: a teacher, and pupils whose guardians have a phone. */
export async function aSchool(app: TestApp, { pupils = 2, teachers = 1 } = {}) {
  const { id: unitId } = await aUnit(app.db, { kind: 'school' })
  const { id: classId } = await aTeam(app.db, { unitId, kind: 'class' })
  const member = (role: 'teacher' | 'pupil', person: PersonWanted = {}) =>
    aPerson(app, { ...person, memberships: [{ teamId: classId, role }] })
  const staff = []
  for (let at = 0; at < teachers; at++) staff.push(await member('teacher', { phone: aPhone() }))
  const children = []
  for (let at = 0; at < pupils; at++) {
    const contacts = [{ kind: 'phone' as const, value: aPhone(), relation: 'guardian' as const }]
    children.push(await member('pupil', { birthDate: '2015-05-01', contacts }))
  }
  return { unitId, classId, teachers: staff, pupils: children }
}
