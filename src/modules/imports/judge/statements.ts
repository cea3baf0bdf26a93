import type { MemberRole, PersonInput } from '#modules/organisation/index.ts'
import type { Judging, Office, Ref } from './verdicts.ts'

/** A statement: what one row says about one person. */
export interface Statement {
  judging: Judging
  /** `self`: the row is about this person; otherwise the row is about something else and names the person. */
  as: 'self' | 'liaison' | 'leader' | 'teacher'
  unit: Ref | null
  input: Omit<PersonInput, 'memberships' | 'id'>
  memberships: { team: Ref; role?: MemberRole }[]
  /** The office the row gives the person, and its present holder. */
  office?: Office & { holder: string | null }
  /** The guardian's consent or refusal. */
  consent?: { guardianName: string; says: 'yes' | 'no' } | undefined
}
