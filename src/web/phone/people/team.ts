/** The people of a duty whom one leads, and whom of them no message reached. */
import { useEffect, useState } from 'react'
import { listNotices, listParticipations } from '../../api/operations.ts'
import type { AnswerOf } from '../../core/operation.ts'
import { allOf, type Reading } from '../reading.ts'
import type { Duty } from '../roll/store.ts'

export type Participation = AnswerOf<typeof listParticipations>['items'][number]
export type Notice = AnswerOf<typeof listNotices>['items'][number]
interface Team {
  people: Participation[]
  unreached: Notice[]
}

/** Everybody of a duty whom one leads, with whom to call. */
export function useTeam({ event, shiftId }: Duty): Reading<Team> {
  const [state, set] = useState<{ data?: Team; error?: unknown }>({})
  const again = async () => {
    try {
      const params = { eventId: event.id }
      const [people, unreached] = await Promise.all([
        allOf(listParticipations, { params, query: { shiftId } }),
        allOf(listNotices, { params, query: { unreached: true } }),
      ])
      set({ data: { people, unreached: unreached.filter(({ toldAt }) => toldAt === null) } })
    } catch (error) {
      set((before) => ({ ...before, error }))
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for a shift
  useEffect(() => void again(), [shiftId])
  return { data: state.data, error: state.error, again }
}
