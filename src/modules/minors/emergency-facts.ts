import { eq } from 'drizzle-orm'
import { users } from '#modules/accounts/schema.ts'
import { events, shifts } from '#modules/events/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { teams } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { emergencies } from './schema.ts'

/** What a message about an emergency says; it names no child. */
export async function emergencyFacts(db: Reader, emergencyId: string) {
  const [row] = await db
    .select({
      by: users.name,
      team: teams.name,
      unitId: teams.unitId,
      event: events.name,
      eventId: events.id,
    })
    .from(emergencies)
    .innerJoin(users, eq(users.id, emergencies.openedBy))
    .innerJoin(assignments, eq(assignments.id, emergencies.assignmentId))
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .innerJoin(events, eq(events.id, shifts.eventId))
    .leftJoin(teams, eq(teams.id, assignments.teamId))
    .where(eq(emergencies.id, emergencyId))
  return row
}
