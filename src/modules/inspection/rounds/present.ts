import { holds } from '#modules/command/index.ts'
import type { Actor } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import type { rounds } from '../schema.ts'
import type { RoundState } from '../words.ts'
import type { RoundView } from './contract.ts'

type RoundRow = typeof rounds.$inferSelect
export type Progress = RoundView['progress']

/** The public name of a round, `2026-07`: it stands in the draw and in the numbers of its cases. */
export const labelOf = ({ year, number }: { year: number; number: number }): string =>
  `${year}-${`${number}`.padStart(2, '0')}`

export function roundStateOf({ drawnAt, revealedAt, closedAt }: RoundRow): RoundState {
  if (closedAt) return 'closed'
  if (revealedAt) return 'revealed'
  return drawnAt ? 'drawn' : 'created'
}

interface Parts {
  round: RoundRow
  scheme: { id: string; name: string; edition: number }
  issuer: { id: string; name: string; path: string; districtCode: string | null }
}

/** A round as the API shows it to one reader. */
export function presentRound({ round, scheme, issuer }: Parts, progress: Progress, reader: Actor): RoundView {
  const state = roundStateOf(round)
  const mine = holds(reader, 'rounds.run', issuer)
  return {
    id: round.id,
    version: round.version,
    label: labelOf(round),
    year: round.year,
    number: round.number,
    kind: round.kind,
    title: round.title,
    scheme,
    issuer: { id: issuer.id, name: issuer.name },
    campaignId: round.campaignId,
    checkUnitId: round.checkUnitId,
    bookId: round.bookId,
    opensAt: isoOf(round.opensAt),
    endsAt: isoOf(round.endsAt),
    spec: round.spec,
    seedCommitment: round.seedCommitment,
    frameDigest: round.frameDigest,
    drawDigest: round.drawDigest,
    strata: round.strata,
    state,
    drawnAt: round.drawnAt && isoOf(round.drawnAt),
    revealedAt: round.revealedAt && isoOf(round.revealedAt),
    closedAt: round.closedAt && isoOf(round.closedAt),
    createdAt: isoOf(round.createdAt),
    progress,
    allowed: {
      edit: mine && state === 'created',
      draw: mine && state === 'created',
      assign: mine && (state === 'drawn' || state === 'revealed'),
      reveal: mine && state === 'drawn',
      close: mine && (state === 'drawn' || state === 'revealed'),
    },
  }
}
