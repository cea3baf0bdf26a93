import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { eventSkillsMax } from './rules.ts'
import { shiftSkills, shifts } from './schema.ts'

/**
 * The shifts of an event need at most 31 different skills. A shift that adds no new skill can always be saved.
 * @param exceptShiftId the shift whose skills are being replaced
 * @throws DomainError conflict `event.too_many_skills` with the skills beyond the limit
 */
export async function assertSkills(
  db: Reader,
  eventId: string,
  skills: readonly { skill: string }[],
  exceptShiftId?: string,
): Promise<void> {
  if (skills.length === 0) return
  const rows = await db
    .selectDistinct({ skill: shiftSkills.skill })
    .from(shiftSkills)
    .innerJoin(shifts, eq(shifts.id, shiftSkills.shiftId))
    .where(
      and(
        eq(shifts.eventId, eventId),
        isNull(shifts.cancelledAt),
        exceptShiftId === undefined ? undefined : ne(shifts.id, exceptShiftId),
      ),
    )
  const known = new Set(rows.map(({ skill }) => skill))
  const added = skills.map(({ skill }) => skill).filter((skill) => !known.has(skill))
  const tooMany = added.slice(Math.max(0, eventSkillsMax - known.size))
  if (tooMany.length === 0) return
  const message = `The shifts of an event ask for at most ${eventSkillsMax} different skills.`
  throw new DomainError('conflict', 'event.too_many_skills', message, {
    skillsMax: eventSkillsMax,
    skills: tooMany,
  })
}
