import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { memberships } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { TeamOfPerson } from './facts.ts'
import { guardiansAmong } from './guardians.ts'
import type { Company } from './rules.ts'
import { assignments } from './schema.ts'

interface OnShift {
  personId: string
  teamId: string | null
  unitId: string | null
  minor: boolean
  teacher: boolean
}

/**
 * People with a seat of their own on the shift. People in allotments are left out: an allotment brings its own adults.
 */
async function peopleOn(db: Reader, shiftId: string): Promise<OnShift[]> {
  const rows = await db
    .select({
      personId: assignments.personId,
      minor: assignments.minor,
      teamId: assignments.teamId,
      unitId: assignments.unitId,
      role: memberships.role,
    })
    .from(assignments)
    .leftJoin(
      memberships,
      and(
        eq(memberships.personId, assignments.personId),
        eq(memberships.teamId, assignments.teamId),
        isNull(memberships.leftAt),
      ),
    )
    .where(
      and(eq(assignments.shiftId, shiftId), isNull(assignments.freedAt), isNull(assignments.allotmentId)),
    )
  return rows.map(({ role, ...person }) => ({ ...person, teacher: role === 'teacher' && !person.minor }))
}

/** The minors, escorts and teachers on a shift that count for this minor's escort rule. */
export async function companyOf(
  db: Reader,
  minor: { personId: string; team: TeamOfPerson },
  shift: { id: string; eventId: string },
): Promise<Company> {
  const { teamId, unitId } = minor.team
  const present = (await peopleOn(db, shift.id)).filter(({ personId }) => personId !== minor.personId)
  const ofUnit = present.filter((person) => (unitId ? person.unitId === unitId : person.teamId === teamId))
  const minors = ofUnit.filter((person) => person.minor).map(({ personId }) => personId)
  const teachers = ofUnit.filter((person) => person.teacher)
  const others = present.filter((person) => !person.minor && !teachers.includes(person))
  const guardians = await guardiansAmong(
    db,
    others.map(({ personId }) => personId),
    [...minors, minor.personId],
  )
  return {
    minors: minors.length,
    escorts: teachers.length + guardians.size,
    split: await isElsewhere(db, teamId, shift),
    ownTeachers: teachers.filter((teacher) => teacher.teamId === teamId).length,
  }
}

/** Whether pupils of the class hold places on other shifts of the event. */
async function isElsewhere(
  db: Reader,
  teamId: string,
  shift: { id: string; eventId: string },
): Promise<boolean> {
  const found = await db
    .select({ one: sql`1` })
    .from(assignments)
    .innerJoin(
      memberships,
      and(eq(memberships.personId, assignments.personId), eq(memberships.teamId, assignments.teamId)),
    )
    .where(
      and(
        eq(assignments.eventId, shift.eventId),
        eq(assignments.teamId, teamId),
        ne(assignments.shiftId, shift.id),
        isNull(assignments.freedAt),
        eq(memberships.role, 'pupil'),
      ),
    )
    .limit(1)
  return found.length > 0
}
