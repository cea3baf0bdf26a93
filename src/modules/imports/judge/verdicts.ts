/** The results of judging: verdicts, questions and plans. */

import type {
  ListedRequest,
  MemberRole,
  PersonInput,
  TeamInput,
  UnitInput,
} from '#modules/organisation/index.ts'
import type { Problem, ReadEntry } from '../read/entry.ts'
import type { DataRow, RowVerdict } from '../read/staged.ts'
import type { Remark } from '../reasons.ts'
import type { StoredAnswer } from '../schema.ts'
import type { DecisionKind, Judgement } from '../words.ts'

/** A row of the organisation: its id, or `new:…` for one that this import adds. */
export type Ref = string
/** Whether the reference is to a row that this import adds. */
export const isNew = (ref: Ref) => ref.startsWith('new:')

/** One proposed answer. The name of a person is masked. */
export interface Proposed {
  id: string
  name: string
  /** The similarity of names, from 0 to 1; null when it is proposed for another reason. */
  likeness: number | null
  because: string | null
}

/** A question to the user; stored encrypted. */
export interface Question {
  /** The name as written in the list. */
  name: string
  /** The unit of the team, or the sheet, in which the name occurs. */
  within: string | null
  proposals: Proposed[]
  mayCreate: boolean
  /** The first lines that wait for the answer. */
  places: { sheetId: string; line: number }[]
  /** The id of the sheet, for a question about a whole sheet. */
  sheetId?: string
}

export interface Asked {
  kind: DecisionKind
  topic: string
  question: Question
  rows: number
}

export interface PlannedUnit {
  ref: Ref
  input: UnitInput
  parent: Ref | null
}

export interface PlannedTeam {
  ref: Ref
  input: TeamInput
  unit: Ref | null
}

export interface PlannedPerson {
  ref: Ref
  input: Omit<PersonInput, 'memberships'>
  /** The version of a known person when the row was judged. */
  version?: number
  memberships: { team: Ref; role?: MemberRole }[]
}

/** The plan for units: parents before children, without anything that exists already. */
export interface UnitsPlan {
  units: PlannedUnit[]
  aliases: { unit: Ref; alias: string }[]
}

export interface TeamsPlan {
  teams: PlannedTeam[]
}

/** An office that a row gives to the person it names. */
export interface Office {
  of: 'unit' | 'team'
  ref: Ref
  name: string
  as: 'liaisonPersonId' | 'leaderPersonId'
}

export interface PersonsPlan {
  persons: PlannedPerson[]
  /** Who becomes liaison or leader of what. */
  officers: (Office & { person: Ref })[]
  consents: { person: Ref; guardianName: string; says: 'yes' | 'no'; by: Judging }[]
  /**
   * Changes of identifying data of people whom other offices are also responsible for: filed as requests, not written.
   */
  requests: ListedRequest[]
}

export type Answers = (kind: DecisionKind, topic: string) => StoredAnswer | undefined

/** Why a row was refused after a part of it had been planned. */
export interface Carried {
  problems: Problem[]
  waitsFor: { kind: DecisionKind; topic: string }[]
}

/** A row while it is judged. */
export class Judging {
  readonly row: DataRow
  readonly problems: Problem[]
  readonly remarks: Remark[]
  readonly changes = new Set<string>()
  readonly waitsFor: { kind: DecisionKind; topic: string }[] = []
  target: RowVerdict['target'] = null
  sameAs: RowVerdict['sameAs'] = null
  outcome: Judgement = 'unchanged'
  skipped = false
  /** Whether a part of it is in the plan. */
  contributed = false

  /** @param carried the refusal found too late by an earlier pass over the same rows */
  constructor(row: DataRow, carried?: Carried) {
    this.row = row
    this.problems = [...row.problems, ...(carried?.problems ?? [])]
    this.remarks = [...row.remarks]
    this.skipped = row.leftOut === true
    this.waitsFor.push(...(carried?.waitsFor ?? []))
  }

  /** Whether nothing has refused or blocked the row so far. */
  get open(): boolean {
    return this.problems.length === 0 && this.waitsFor.length === 0 && !this.skipped
  }

  repeats(earlier: DataRow): void {
    this.sameAs = { ordinal: earlier.ordinal, line: earlier.line }
  }

  /** Records a new value; a row that was unchanged or a duplicate becomes an update. */
  raise(change: string): void {
    this.changes.add(change)
    if (this.outcome === 'unchanged' || this.outcome === 'duplicate') this.outcome = 'update'
  }

  get judgement(): Judgement {
    if (this.problems.length > 0) return 'error'
    if (this.skipped) return 'skipped'
    if (this.waitsFor.length > 0) return 'needs_decision'
    return this.outcome
  }

  get verdict(): RowVerdict {
    const { row, problems, remarks, target, sameAs, waitsFor } = this
    const { entry, hidden, block } = row
    const read: ReadEntry = { entry, problems: row.problems, remarks: row.remarks }
    if (hidden) read.hidden = true
    if (block !== undefined) read.block = block
    return {
      read,
      problems,
      remarks: [...new Set(remarks)],
      target,
      changes: [...this.changes],
      sameAs,
      waitsFor,
    }
  }
}
