/** What a phone could not send itself, brought by the office from a file that was saved on it. */
import { and, eq } from 'drizzle-orm'
import { outOfReach } from '#modules/events/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Doing, reachOf } from '#platform/http/access.ts'
import type { Today } from '../rounds/concerns.ts'
import { ownRound } from '../rounds/round-queries.ts'
import { visits, visitUploads } from '../schema.ts'
import type { VisitUpload } from './contract.ts'
import type { UploadRow } from './receipt.ts'
import { receiveVisit } from './receive-visit.ts'

type Bringing = Doing & Today & { roundId: string; inspectorUserId: string; input: VisitUpload }

/**
 * Takes a visit of a round from a file, as if the phone of its inspector had sent it: judged by the same rules, once for its
 * operation id, whichever of the two comes first. A patrol is taken from whoever runs all rounds, because it is of no round.
 * @throws DomainError `round.missing`, `access.out_of_reach`, `visit.missing`; conflict `upload.operation_taken`,
 * `inspector.not_in_round`
 */
export async function bringVisit(tx: Writer, bringing: Bringing) {
  const { roundId, inspectorUserId, input, by } = bringing
  await ownRound(tx, roundId, by)
  await assertOfRound(tx, roundId, input, by)
  const [goes] = await tx
    .select({ id: visits.id })
    .from(visits)
    .where(and(eq(visits.roundId, roundId), eq(visits.inspectorUserId, inspectorUserId)))
    .limit(1)
  if (!goes)
    throw new DomainError('conflict', 'inspector.not_in_round', 'Nobody sent this inspector in this round.', {
      inspectorUserId,
    })
  return receiveVisit(tx, bringing)
}

/** The upload of a visit of this round. @throws DomainError `round.missing`, `access.out_of_reach`, `upload.missing` */
export async function broughtUpload(
  db: Reader,
  { roundId, operationId, by }: { roundId: string; operationId: string; by: Actor },
): Promise<UploadRow> {
  await ownRound(db, roundId, by)
  const [row] = await db.select().from(visitUploads).where(eq(visitUploads.operationId, operationId))
  if (row && (await isOfRound(db, roundId, row.body as VisitUpload, by))) return row
  throw new DomainError('missing', 'upload.missing', 'There is no such upload.', { operationId })
}

async function assertOfRound(db: Reader, roundId: string, input: VisitUpload, by: Actor): Promise<void> {
  if (await isOfRound(db, roundId, input, by)) return
  if (!input.visitId) throw outOfReach()
  const { visitId } = input
  throw new DomainError('missing', 'visit.missing', 'The round has no such visit.', { visitId })
}

async function isOfRound(
  db: Reader,
  roundId: string,
  { visitId }: Pick<VisitUpload, 'visitId'>,
  by: Actor,
): Promise<boolean> {
  if (!visitId) return reachOf(by, 'rounds.run').everything
  const [visit] = await db.select({ roundId: visits.roundId }).from(visits).where(eq(visits.id, visitId))
  return visit?.roundId === roundId
}
