import type { DateTime } from 'luxon'
import type { Reader } from '#platform/database/port.ts'

/** What a shift has to know of its people. They belong to a slice above, which plugs this in, in `app.ts`. */
export interface ShiftPeople {
  /** Who and what hangs on these shifts: live people, minors among them, heads held for teams, and anything past. */
  on(db: Reader, shiftIds: readonly string[]): Promise<OnShifts>
  /** Which of the shift's people would stand on two shifts at once if it took place at another time. */
  wouldOverlap(
    db: Reader,
    shiftId: string,
    period: { startsAt: DateTime; endsAt: DateTime },
  ): Promise<{ personId: string; shiftId: string }[]>
}

export interface OnShifts {
  people: number
  minors: number
  heads: number
  /** Whether anybody was ever assigned, even if they no longer are. */
  history: boolean
}
