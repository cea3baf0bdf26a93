/** What judging says: about every row, to the person who decides, and what is to be written. */

import type { TeamInput, UnitInput } from '../changes.ts'
import type { PersonInput } from '../person-input.ts'
import type { MemberRole } from '../words.ts'
import type { Problem, ReadEntry } from './entries.ts'
import type { Remark } from './reasons.ts'
import type { StoredAnswer } from './schema.ts'
import type { SheetReading } from './staged.ts'
import type { DecisionKind, Judgement, ListKind } from './words.ts'

/** A row of the organisation: its id, or `new:…` for one that this import adds. */
export type Ref = string
export const isNew = (ref: Ref) => ref.startsWith('new:')

export interface JudgedSheet {
  id: string
  list: ListKind
  reading: SheetReading
}

/** A row of data before it is judged. */
export interface DataRow extends ReadEntry {
  ordinal: number
  line: number
  sheet: JudgedSheet
}

/** What is said about one row; staged sealed. */
export interface RowVerdict {
  /** As its cells were read, before anything was known. */
  read: ReadEntry
  problems: Problem[]
  remarks: Remark[]
  /** The known thing it is about. */
  target: { kind: 'unit' | 'team' | 'person'; id: string } | null
  /** What it would change. */
  changes: string[]
  /** Ordinal and line of the row it repeats, or goes with. */
  sameAs: { ordinal: number; line: number } | null
  /** Decisions it waits for. */
  waitsFor: { kind: DecisionKind; topic: string }[]
}

/** A person of the proposals is named only as far as needed to tell them apart. */
export interface Proposed {
  id: string
  name: string
  /** How alike, from 0 to 1; null where that is not why it is proposed. */
  likeness: number | null
  because: string | null
}

/** What somebody is asked; staged sealed. */
export interface Question {
  /** The name as it was written. */
  name: string
  /** Where: the unit of a team, the sheet. */
  within: string | null
  proposals: Proposed[]
  mayCreate: boolean
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
  memberships: { team: Ref; role?: MemberRole }[]
}

/** What a commit writes: parents before children, and nothing that is there already. */
export interface Plan {
  units: PlannedUnit[]
  aliases: { unit: Ref; alias: string }[]
  teams: PlannedTeam[]
  persons: PlannedPerson[]
  unitPersons: { unit: Ref; name: string; as: 'liaisonPersonId' | 'leaderPersonId'; person: Ref }[]
  teamLeaders: { team: Ref; name: string; person: Ref }[]
  consents: { person: Ref; guardianName: string; by: Judging }[]
}

export const emptyPlan = (): Plan => ({
  units: [],
  aliases: [],
  teams: [],
  persons: [],
  unitPersons: [],
  teamLeaders: [],
  consents: [],
})

export type Answers = (kind: DecisionKind, topic: string) => StoredAnswer | undefined

/** Why a row turned out not to be taken after something of it had been planned. */
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
  /** Whether something of it stands in the plan. */
  contributed = false

  /** @param carried what an earlier look at the same rows found out too late */
  constructor(row: DataRow, carried?: Carried) {
    this.row = row
    this.problems = [...row.problems, ...(carried?.problems ?? [])]
    this.remarks = [...row.remarks]
    this.waitsFor.push(...(carried?.waitsFor ?? []))
  }

  /** Whether nothing keeps the row from being taken so far. */
  get open(): boolean {
    return this.problems.length === 0 && this.waitsFor.length === 0 && !this.skipped
  }

  repeats(earlier: DataRow): void {
    this.sameAs = { ordinal: earlier.ordinal, line: earlier.line }
  }

  /** Something it says is new, even where the thing itself is known. */
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
    const { entry } = row
    return {
      read: { entry, problems: row.problems, remarks: row.remarks },
      problems,
      remarks: [...new Set(remarks)],
      target,
      changes: [...this.changes],
      sameAs,
      waitsFor,
    }
  }
}
