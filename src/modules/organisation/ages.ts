import type { DateTime } from 'luxon'
import type { AgeBand, MemberRole } from './words.ts'

/**
 * What an age is computed from. The birth year is stored in clear; the date is decrypted only when the year alone does
 * not decide.
 */
export interface Birth {
  readonly year: number
  /** The birth date as far as it is known: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  date(): string
}

/**
 * The last day somebody can have been born on. Of whom only the year or the month is known, the age is counted from
 * there, so that nobody loses the protection of a child too early.
 */
export function lastDayOf(birthDate: string): string {
  if (birthDate.length === 4) return `${birthDate}-12-31`
  if (birthDate.length > 7) return birthDate
  const [year, month] = birthDate.split('-').map(Number) as [number, number]
  return `${birthDate}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`
}

/** Whether two birth dates may be of one person: equal as far as both are known. */
export function birthsAgree(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one)
}

/** Whether a stated birth date says something that the known one does not: more of it, or another one. */
export function birthSaysMore(stated: string, known: string | null | undefined): boolean {
  return !known?.startsWith(stated)
}

/** A `Birth` made from a known date. */
export function bornOn(birthDate: string): Birth
export function bornOn(birthDate: string | null): Birth | null
export function bornOn(birthDate: string | null): Birth | null {
  return birthDate === null ? null : { year: Number(birthDate.slice(0, 4)), date: () => birthDate }
}

/** Full years on a day (`YYYY-MM-DD`). Somebody born on 29 February comes of age on 1 March of a common year. */
export function ageOn(birthDate: string, day: string): number {
  const born = lastDayOf(birthDate)
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4))
  return day.slice(5) < born.slice(5) ? years - 1 : years
}

/** Whether somebody has reached an age on a day. The date is decrypted only in the year of that birthday. */
export function hasTurned(birth: Birth, age: number, day: string): boolean {
  const turns = Number(day.slice(0, 4)) - birth.year
  return turns === age ? ageOn(birth.date(), day) >= age : turns > age
}

/** The legal age band on a day (Civil Code 17, 20; PIPL 28). */
export function ageBandOn(birth: Birth | null, day: string): AgeBand {
  if (birth === null) return 'unknown'
  if (hasTurned(birth, 18, day)) return 'adult'
  if (hasTurned(birth, 14, day)) return 'under18'
  return hasTurned(birth, 8, day) ? 'under14' : 'under8'
}

/**
 * Whether somebody counts as a minor on a day. If the age is unknown, everybody who is or ever was a pupil counts as a
 * minor: see `everRoles`.
 */
export function isMinorOn(birth: Birth | null, roles: Iterable<MemberRole>, day: string): boolean {
  return birth === null ? [...roles].includes('pupil') : !hasTurned(birth, 18, day)
}

/**
 * Whether the rules for sensitive personal data of children under 14 apply on a day (PIPL 28, 31). They apply to a
 * pupil of unknown age.
 */
export function isSensitiveOn(birth: Birth | null, roles: Iterable<MemberRole>, day: string): boolean {
  return birth === null ? [...roles].includes('pupil') : !hasTurned(birth, 14, day)
}

/**
 * The roles that decide how an unknown age is treated: the current roles, plus `pupil` if the person was ever a pupil.
 */
export function everRoles(
  roles: Iterable<MemberRole>,
  { pupilAt }: { pupilAt: DateTime | null },
): MemberRole[] {
  return pupilAt === null ? [...roles] : [...roles, 'pupil']
}
