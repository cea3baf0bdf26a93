import { useCallback, useMemo, useState } from 'react'
import type { TransferRefusal } from '#modules/mobilization/words.ts'
import {
  type Board,
  listFreeTeams,
  listTransfers,
  previewTransfer,
  readBoard,
  readTeamEligibility,
  type Transfer,
  type TransferPreview,
  transferPlaces,
  undoTransfer,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import type { InputOf } from '../../core/operation.ts'
import { readAgain, useAsk } from '../../core/query.ts'
import { shiftsChanged } from '../shifts/keep.ts'

export type Move = NonNullable<InputOf<typeof previewTransfer>['body']>['moves'][number]

/** Who is being moved: a whole team from a shift, some of it, or members who have no place yet. */
export interface Carried {
  teamId: string
  name: string
  fromShiftId: string | null
  assignmentIds?: string[]
  people?: number
  heads?: number
}

/** Everything on the board, and whatever counts the same places, is read again. */
export async function boardChanged(): Promise<void> {
  await Promise.all([
    readAgain(readBoard, listTransfers, listFreeTeams, readTeamEligibility),
    shiftsChanged(),
  ])
}

/** Why the carried team cannot go to a shift, by shift; undefined while nobody is carried. */
export function useWhyNot(eventId: string, carried: Carried | undefined) {
  const { teamId = '', fromShiftId } = carried ?? {}
  const query = { teamId, ...(fromShiftId ? { fromShiftId } : {}) }
  const found = useAsk(readTeamEligibility, { params: { eventId }, query }, { skip: !carried })
  const answer = found.data?.teamId === teamId ? found.data : undefined
  return useMemo(() => {
    if (!carried) return undefined
    return new Map(
      (answer?.reasons ?? []).flatMap(({ because, shiftIds }) =>
        shiftIds.map((id): [string, TransferRefusal] => [id, because]),
      ),
    )
  }, [carried, answer])
}

/** What was asked of the service and is not done yet. */
export interface Asking {
  moves: Move[]
  preview: TransferPreview
}

export interface Movement {
  pending: ReadonlyMap<string, number>
  asking: Asking | undefined
  error: unknown
  /** Looks what a move would do, and does it at once where nobody is told and everybody can go. */
  propose: (carried: Carried, toShiftId: string, size: number) => Promise<Transfer | undefined>
  act: () => Promise<Transfer>
  lookAgain: () => Promise<void>
  drop: () => void
}

const nothing: ReadonlyMap<string, number> = new Map()

/** A move from the moment somebody lets go until the service has answered. */
export function useMovement(event: { id: string; state: string }, board: Board | undefined): Movement {
  const [pending, setPending] = useState(nothing)
  const [asking, setAsking] = useState<Asking>()
  const [error, setError] = useState<unknown>()
  const params = { eventId: event.id }
  const drop = useCallback(() => {
    setPending(nothing)
    setAsking(undefined)
    setError(undefined)
  }, [])
  const perform = async (token: string) => {
    const done = await ask(transferPlaces, { params, body: { token } })
    await boardChanged()
    drop()
    return done
  }
  return {
    ...{ pending, asking, error, drop },
    async propose({ name: _, ...carried }, toShiftId, size) {
      setError(undefined)
      // Shown at once; the service may say otherwise.
      setPending(
        new Map([...(carried.fromShiftId ? [[carried.fromShiftId, -size] as const] : []), [toShiftId, size]]),
      )
      const moves = [{ ...carried, toShiftId }]
      try {
        const preview = await ask(previewTransfer, { params, body: { moves } })
        const clean =
          preview.refused.length === 0 && preview.moves.every(({ refused }) => refused.length === 0)
        if (clean && event.state === 'draft' && board) return await perform(preview.token)
        setAsking({ moves, preview })
      } catch (failed) {
        setPending(nothing)
        setError(failed)
      }
      return undefined
    },
    act: () => perform(asking?.preview.token ?? ''),
    async lookAgain() {
      if (!asking) return
      const preview = await ask(previewTransfer, { params, body: { moves: asking.moves } })
      setAsking({ moves: asking.moves, preview })
      await readAgain(readBoard)
    },
  }
}

/** Takes a transfer back. */
export async function takeBack(transferId: string): Promise<Transfer> {
  const undone = await ask(undoTransfer, { params: { transferId } })
  await boardChanged()
  return undone
}
