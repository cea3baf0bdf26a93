import type { RankingGroup } from '#modules/inspection/words.ts'
import type { Round } from '../../api/operations.ts'

/** What a ranking is made of, as it is filled in. */
export interface RankingFields {
  /** `2026-03`. */
  month: string | null
  group: RankingGroup | null
  roundIds: readonly string[]
  /** In per cent. */
  fieldWeight: number | null
  pointsMin: number | null
  dueMin: number | null
  [field: string]: unknown
}

/** As it usually is; the service fills in the same where nothing is said. */
export const usual = { fieldWeight: 70, pointsMin: 20, dueMin: 5 }

/** The month that is named `2026-03` and those before it, the latest first. */
export function monthsUntil(month: string, many: number): string[] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return Array.from({ length: many }, (_, back) => {
    const at = year * 12 + number - 1 - back
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}

/** Of which rounds rankings are made. */
export const isRanked = ({ kind }: Pick<Round, 'kind'>) => kind === 'monthly' || kind === 'special'

/** Whether a round can stand beside those that are chosen: of the same issuer, under the same scheme. */
export function fitsBeside(round: Round, chosen: readonly Round[]): boolean {
  const [first] = chosen
  return !first || (first.issuer.id === round.issuer.id && first.scheme.id === round.scheme.id)
}
