import { and, eq, inArray } from 'drizzle-orm'
import { taskMoves } from '#modules/command/schema.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { cases, standards } from '../schema.ts'
import type { RecheckOutcome } from '../words.ts'

/** Who must not look at a case again: whoever found it, reported it or signed it off. */
export async function partiesOf(db: Reader, recheckVisitId: string): Promise<string[]> {
  const again = await db
    .select({ taskId: cases.taskId, foundByUserId: cases.foundByUserId })
    .from(cases)
    .where(eq(cases.recheckVisitId, recheckVisitId))
  const moved = await db
    .select({ userId: taskMoves.byUserId })
    .from(taskMoves)
    .where(
      and(
        inArray(
          taskMoves.taskId,
          again.flatMap(({ taskId }) => taskId ?? []),
        ),
        inArray(taskMoves.kind, ['report', 'pass', 'fail']),
      ),
    )
  return [...again.map(({ foundByUserId }) => foundByUserId), ...moved.flatMap(({ userId }) => userId ?? [])]
}

interface Seen {
  standardId: string
  score: number | null
}

/** Says of each case that a visit looked at again whether it still holds. What fell back was opened again already. */
export async function settleRechecks(tx: Writer, visitId: string, seen: readonly Seen[]): Promise<void> {
  const again = await tx.select().from(cases).where(eq(cases.recheckVisitId, visitId))
  if (again.length === 0) return
  const codes = await tx
    .select({ id: standards.id, code: standards.code })
    .from(standards)
    .where(
      inArray(
        standards.id,
        seen.map(({ standardId }) => standardId),
      ),
    )
  const codeOf = new Map(codes.map(({ id, code }) => [id, code]))
  for (const { id, standardCode } of again) {
    const scores = seen
      .filter(({ standardId }) => codeOf.get(standardId) === standardCode)
      .flatMap(({ score }) => score ?? [])
    await tx
      .update(cases)
      .set({ recheckOutcome: outcomeOf(scores) })
      .where(eq(cases.id, id))
  }
}

function outcomeOf(scores: readonly number[]): RecheckOutcome {
  if (scores.length === 0) return 'unclear'
  return scores.every((score) => score === 1) ? 'held' : 'fell_back'
}
