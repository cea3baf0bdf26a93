import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type ShiftSkill, skillsOf } from '#modules/events/index.ts'
import { consentsFor } from '#modules/organisation/index.ts'
import { personSkills } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { companyOf } from './company.ts'
import {
  dayOf,
  isClosed,
  type PersonFacts,
  type ShiftFacts,
  skillsOfPerson,
  type TeamOfPerson,
} from './facts.ts'
import { type FreeTime, timeFor } from './free-time.ts'
import { type AllotmentRow, openAllotment } from './places.ts'
import { type Candidate, type Company, type Eligibility, eligibilityOf, type Offer } from './rules.ts'
import { assignments } from './schema.ts'

interface Judged {
  /** The team's allotment on this shift, if it has a head without a name. */
  allotment: AllotmentRow | undefined
}
type Eligible = { eligibility: Extract<Eligibility, { eligible: true }>; free: FreeTime }
type NotEligible = { eligibility: Extract<Eligibility, { eligible: false }>; free?: never }

/** Judges whether a person may take a place on a shift with a team. Reads the state of this transaction. */
export async function judge(
  db: Reader,
  keys: KeyRing,
  facts: ShiftFacts,
  person: PersonFacts,
  { team, at }: { team: TeamOfPerson; at: DateTime },
): Promise<Judged & (Eligible | NotEligible)> {
  const { shift } = facts
  const allotment = await openAllotment(db, shift.id, team.teamId)
  const skills = (await skillsOf(db, [shift.id])).get(shift.id) ?? []
  const company = person.minor ? await companyFor(db, facts, person, { team, allotment }) : alone
  const time = await timeFor(db, person.personId, shift)
  const eligibility = eligibilityOf(
    await offerOf(db, facts, { allotment, skills, at }),
    await candidateOf(db, keys, { event: facts.event, skills, person }),
    { company, busy: time.free ? undefined : time.busy },
  )
  if (!eligibility.eligible) return { eligibility, allotment }
  return { eligibility, allotment, free: time.free! }
}

const alone: Company = { minors: 0, escorts: 0, split: false, ownTeachers: 0 }

/** For a head of an allotment, the escorts are the adults that the allotment states. */
async function companyFor(
  db: Reader,
  { shift }: ShiftFacts,
  { personId }: PersonFacts,
  { team, allotment }: { team: TeamOfPerson; allotment: AllotmentRow | undefined },
): Promise<Company> {
  if (!allotment) return companyOf(db, { personId, team }, shift)
  const minors = await minorsNamed(db, allotment.id)
  const adults = allotment.heads - allotment.minors
  const escorts = minors < allotment.minors ? adults : 0
  return { minors, escorts, split: false, ownTeachers: adults }
}

async function minorsNamed(db: Reader, allotmentId: string): Promise<number> {
  const [counted] = await db
    .select({ minors: sql<number>`count(*)`.mapWith(Number) })
    .from(assignments)
    .where(
      and(eq(assignments.allotmentId, allotmentId), isNull(assignments.freedAt), eq(assignments.minor, true)),
    )
  return counted?.minors ?? 0
}

async function candidateOf(
  db: Reader,
  keys: KeyRing,
  {
    event,
    skills,
    person,
  }: { event: ShiftFacts['event']; skills: readonly ShiftSkill[]; person: PersonFacts },
): Promise<Candidate> {
  const { personId, minor } = person
  const occasion = { eventId: event.id, day: dayOf(event) }
  const consents = minor ? await consentsFor(db, keys, [personId], occasion) : undefined
  return {
    minor,
    consent: consents?.get(personId) ?? 'none',
    schooled: person.teams.some(({ school, role }) => school && role === 'pupil'),
    skills: skills.length > 0 ? await skillsOfPerson(db, person.personId) : new Set(),
  }
}

async function offerOf(
  db: Reader,
  facts: ShiftFacts,
  {
    allotment,
    skills,
    at,
  }: { allotment: AllotmentRow | undefined; skills: readonly ShiftSkill[]; at: DateTime },
): Promise<Offer> {
  const { shift, event, taken } = facts
  return {
    closed: isClosed(facts, at),
    minorsAllowed: shift.minorsAllowed,
    minorsPerAdult: event.minorsPerAdult,
    left: shift.max - taken + (allotment ? allotment.heads - allotment.named : 0),
    missing: skills.length > 0 ? await missingSkills(db, shift.id, skills) : [],
  }
}

async function missingSkills(
  db: Reader,
  shiftId: string,
  skills: readonly ShiftSkill[],
): Promise<Offer['missing']> {
  const have = await db
    .select({ skill: personSkills.skill, people: sql<number>`count(*)`.mapWith(Number) })
    .from(assignments)
    .innerJoin(personSkills, eq(personSkills.personId, assignments.personId))
    .where(
      and(
        eq(assignments.shiftId, shiftId),
        isNull(assignments.freedAt),
        inArray(
          personSkills.skill,
          skills.map(({ skill }) => skill),
        ),
      ),
    )
    .groupBy(personSkills.skill)
  const counts = new Map(have.map(({ skill, people }) => [skill, people]))
  return skills.map(({ skill, min }) => ({ skill, missing: Math.max(0, min - (counts.get(skill) ?? 0)) }))
}
