import type { AgeBand, MemberRole } from './words.ts'

/** Full years on a day (both `YYYY-MM-DD`). Somebody born on 29 February comes of age on 1 March of a common year. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years
}

/** Which band of the law applies on a day (Civil Code 17, 20; PIPL 28). */
export function ageBandOn(birthDate: string | null, day: string): AgeBand {
  if (birthDate === null) return 'unknown'
  const age = ageOn(birthDate, day)
  if (age < 8) return 'under8'
  if (age < 14) return 'under14'
  return age < 18 ? 'under18' : 'adult'
}

/** Whether somebody is to be treated as a minor on a day. An unknown age counts as minor for a pupil. */
export function isMinorOn(birthDate: string | null, roles: Iterable<MemberRole>, day: string): boolean {
  const band = ageBandOn(birthDate, day)
  return band === 'unknown' ? [...roles].includes('pupil') : band !== 'adult'
}

/**
 * Whether the rules for sensitive data of under-14s apply on a day (PIPL 28, 31). A pupil of unknown age
 * is taken for one.
 */
export function isSensitiveOn(birthDate: string | null, roles: Iterable<MemberRole>, day: string): boolean {
  const band = ageBandOn(birthDate, day)
  return band === 'unknown' ? [...roles].includes('pupil') : band === 'under8' || band === 'under14'
}
