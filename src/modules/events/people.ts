import type { DateTime } from 'luxon'
import type { Reader } from '#platform/database/port.ts'

/**
 * The questions about people that this slice needs answered. The slice that assigns people implements them (`app.ts`).
 */
export interface ShiftPeople {
  /**
   * Counts the people and allotment heads on these shifts, the minors among them, and whether there ever was anybody.
   */
  on(db: Reader, shiftIds: readonly string[]): Promise<OnShifts>
  /**
   * The people of these shifts who would be elsewhere once all of them have their new period, and on which shift; null:
   * 已另有安排, under another record of theirs, of which nothing else is told.
   */
  wouldOverlap(
    db: Reader,
    moved: ReadonlyMap<string, { startsAt: DateTime; endsAt: DateTime }>,
  ): Promise<{ movedId: string; personId: string; shiftId: string | null }[]>
  /** Counts whom a cancellation of these shifts concerns. */
  toTell(db: Reader, shiftIds: readonly string[]): Promise<ToTell>
}

export interface ToTell {
  /** People who hold a place on them. */
  people: number
  /** Messages that would reach them: one for each number and its people. */
  messages: number
  /** People whom no message reaches, so that somebody has to call. */
  unreachable: number
}

export interface OnShifts {
  people: number
  minors: number
  /** Of these people, who accepted. */
  accepted: number
  heads: number
  /** Whether anybody was ever assigned, including assignments that no longer exist. */
  history: boolean
}
