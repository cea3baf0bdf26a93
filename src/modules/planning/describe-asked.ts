import type { Input } from './describe-problem.ts'

/** What the process beside is asked, and what it answers: the moment as plain values. */
export interface Asked {
  eventId: string
  nowMs: number
  hoursPerWeek: number | null
  restMinutes: number | null
}
export type Answered = Omit<Input, 'names'> & {
  names: Omit<Input['names'], 'midnight'> & { midnight: { ms: number; zone: string } }
}
