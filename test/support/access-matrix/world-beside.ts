/** What stands in the world beside its units and teams. */
import type { TestApp } from '#test/support/app.ts'
import { aUser, bindPhone } from '#test/support/factories/accounts.ts'
import { aPerson, aPhone, aTeam } from '#test/support/factories/organisation.ts'
import type { Position } from './declare.ts'
import type { Target } from './world.ts'
import type { FarEvents } from './world-events.ts'
import { propose } from './world-plans.ts'

export const district = { first: '210502', second: '210503', third: '210504' }

/** Proposals for the far event place the people of every team; those for a unit's event somebody from afar. */
export async function proposals(
  app: TestApp,
  targets: Record<Position, Target>,
  far: FarEvents,
): Promise<void> {
  const rows = new Map<string, { personId: string; teamId: string; shiftId: string }>()
  for (const { person, team } of Object.values(targets))
    rows.set(person, { personId: person, teamId: team, shiftId: far.farShift })
  await propose(app, far.farPlan, [...rows.values()])
  await propose(app, far.farPlanBefore, [...rows.values()])
  for (const { plan, shift } of new Map(Object.values(targets).map((each) => [each.plan, each])).values())
    await propose(app, plan, [{ personId: far.farPerson, teamId: far.farTeam, shiftId: shift }])
}

/** The words of one template were changed by hand. */
export async function savedTemplate(app: TestApp): Promise<void> {
  const words = { zh: '{event} {places}', en: '{event} {places}' }
  const put = app.as('city_office').put('/api/message-templates/invitation/email').set('if-match', '"v0"')
  await put.send({ subject: { zh: '邀请', en: 'Invitation' }, body: words }).expect(200)
}

/** Somebody with a number is to become an auditor. */
export async function aConfirmation(app: TestApp): Promise<string> {
  const { id } = await aUser(app.db, { password: null })
  await bindPhone(app, id, aPhone())
  const give = app.as('system_administrator').post(`/api/users/${id}/grants`).send({ role: 'auditor' })
  return (await give.expect(202)).body.id
}

/** Somebody who runs another district's office, was invited, and leads a team of the unit beside it. */
export async function aWaitingOffice(app: TestApp, unitId: string): Promise<string> {
  const { id: personId } = await aPerson(app, { teamId: (await aTeam(app.db, { unitId })).id })
  await aTeam(app.db, { unitId, leaderPersonId: personId })
  const grants = [{ role: 'district_office' as const, districtCode: district.second }]
  const { id } = await aUser(app.db, { personId, password: null, grants })
  await app.as('city_office').post(`/api/users/${id}/activations`).send({ deliver: 'list' }).expect(201)
  return id
}
