/** A list costs the same number of queries whatever it holds. */
import { expect, test } from 'vitest'
import { startApp, type TestApp } from '#test/support/app.ts'
import { selectsOf } from '#test/support/counting.ts'
import { anEvent, aShift } from '#test/support/factories/events.ts'
import { aResponsibility, aZone } from '#test/support/factories/grid.ts'
import { anAssignment } from '#test/support/factories/mobilization.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

/** One more of everything that is listed, all of it hanging on one event and one shift. */
async function oneMore(app: TestApp, eventId: string, shiftId: string): Promise<void> {
  const unit = await aUnit(app.db)
  const team = await aTeam(app.db, { unitId: unit.id })
  const person = await aPerson(app, { teamId: team.id, phone: aPhone() })
  const zone = await aZone(app.db)
  await aResponsibility(app.db, { zoneId: zone.id, unitId: unit.id })
  await aShift(app, { eventId })
  await anEvent(app)
  await anAssignment(app, { shiftId, personId: person.id })
  await app.signIn({ role: 'unit_administrator', unitId: unit.id })
}

test('every list costs as many queries for three rows as for one', async () => {
  await using app = await startApp({ worker: false, at: '2026-03-01T09:00:00+08:00' })
  const { id: eventId } = await anEvent(app)
  const { id: shiftId } = await aShift(app, { eventId, max: 10 })
  const lists = [
    ...['units', 'teams', 'persons', 'zones', 'responsibilities', 'events', 'users'].map(
      (name) => `/api/${name}`,
    ),
    ...['shifts', 'participations'].map((name) => `/api/events/${eventId}/${name}`),
    `/api/shifts/${shiftId}/assignments`,
    `/api/shifts/${shiftId}/attendance`,
  ]
  const office = app.as('city_office')
  const measure = async () => {
    const found: Record<string, { rows: number; queries: number }> = {}
    for (const list of lists) {
      let rows = 0
      const queries = await selectsOf(app, async () => {
        const { status, body } = await office.get(list)
        expect([list, status]).toEqual([list, 200])
        rows = (body.items ?? body.people ?? body.assignments ?? []).length
        return { status }
      })
      found[list] = { rows, queries }
    }
    return found
  }
  await oneMore(app, eventId, shiftId)
  // What is prepared is built the first time only.
  await measure()
  const before = await measure()
  await oneMore(app, eventId, shiftId)
  await oneMore(app, eventId, shiftId)
  const after = await measure()
  for (const list of lists) {
    expect([list, (after[list]?.rows ?? 0) - (before[list]?.rows ?? 0) >= 2]).toEqual([list, true])
    expect([list, after[list]?.queries]).toEqual([list, before[list]?.queries])
    expect([list, (before[list]?.queries ?? 0) > 0]).toEqual([list, true])
  }
})
