import type { PersonInput } from '../person-input.ts'
import type { MemberRole } from '../words.ts'
import type { Judging, Ref } from './verdicts.ts'

/** What one row says about one person. */
export interface Statement {
  judging: Judging
  /** `self`: the row is this person's own; otherwise the row names them beside something else. */
  as: 'self' | 'liaison' | 'leader' | 'teacher'
  unit: Ref | null
  /** Who holds the office now, where the row names somebody for it. */
  knownAs: string | null
  input: Omit<PersonInput, 'memberships' | 'id'>
  memberships: { team: Ref; role?: MemberRole }[]
  /** Called with the person once it is clear who it is. */
  settle?: (person: Ref) => void
}

/** Everything the lists say about people, in the order of their rows. */
export class Statements {
  readonly all: Statement[] = []

  add(statement: Statement): void {
    this.all.push(statement)
  }
}
