import type { Seen } from '#platform/previews/index.ts'
import type { TransferMove } from './contract.ts'
import type { Found as Movers } from './find-movers.ts'
import type { Judgement, Mover } from './transfer-rules.ts'

/** Who and what moves, judged. */
export interface Found extends Movers {
  moves: readonly TransferMove[]
  seen: Seen
  published: boolean
  judgement: Judgement
  going: readonly Mover[]
}
