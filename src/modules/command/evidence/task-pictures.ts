import { and, eq, gte } from 'drizzle-orm'
import { type Fix, metresToZone } from '#modules/grid/index.ts'
import { zones } from '#modules/grid/schema.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { type PicturePlace, pictures, releasePictures } from '#platform/pictures/index.ts'
import { partsOf } from '../tasks/assert-part.ts'
import { stateOf } from '../tasks/task-facts.ts'
import { type FullTask, fullTask } from '../tasks/task-queries.ts'

/** What the pictures of a task are about. */
export const pictureSubject = (taskId: string) => `task:${taskId}`

const nearMetres = 200

/** Whether somebody may see the pictures of a task: whoever reaches the task. */
export async function seesPictures(db: Reader, taskId: string, reader: Actor): Promise<boolean> {
  try {
    await fullTask(db, taskId, reader)
    return true
  } catch (error) {
    if (error instanceof DomainError && error.code === 'task.missing') return false
    throw error
  }
}

/**
 * A task to which somebody may add pictures: it is owed, and they report, check, issue or explain it.
 * @throws DomainError `task.missing`; forbidden `move.not_yours`; conflict `move.not_now`
 */
export async function taskForPictures(db: Reader, taskId: string, by: Actor): Promise<FullTask> {
  const full = await fullTask(db, taskId, by)
  const parts = partsOf(full, by)
  if (!(['unit', 'checker', 'issuer', 'office', 'counsellor'] as const).some((part) => parts.has(part)))
    throw new DomainError('forbidden', 'move.not_yours', 'Somebody else does this.', { part: 'unit' })
  const state = stateOf(full.task)
  if (state === 'draft' || state === 'cancelled')
    throw new DomainError('conflict', 'move.not_now', 'The task is not owed.', { state })
  return full
}

/** Where a picture was taken, seen from the zone of its task. */
export async function placeOf(db: Reader, zoneId: string | null, fix: Fix | null): Promise<PicturePlace> {
  if (!fix || !zoneId) return 'none'
  const [zone] = await db
    .select({
      boundary: zones.boundary,
      centreLatitude: zones.centreLatitude,
      centreLongitude: zones.centreLongitude,
    })
    .from(zones)
    .where(eq(zones.id, zoneId))
  const metres = zone && metresToZone(zone, fix)
  if (metres === undefined) return 'none'
  if (metres === 0) return 'inside'
  return metres <= nearMetres ? 'near' : 'far'
}

/**
 * Lets go of a picture: whoever sent it, as long as the task was not reported.
 * @throws DomainError `task.missing`, `picture.missing`; conflict `move.not_now`
 */
export async function removePicture(
  tx: Writer,
  { taskId, pictureId, by }: { taskId: string; pictureId: string; by: Actor },
): Promise<void> {
  const { task } = await fullTask(tx, taskId, by)
  const subject = pictureSubject(taskId)
  const of = and(eq(pictures.id, pictureId), eq(pictures.subject, subject))
  const [row] = await tx.select().from(pictures).where(of)
  if (!row || row.byUserId !== by.userId)
    throw new DomainError('missing', 'picture.missing', 'There is no such picture of yours.')
  const state = stateOf(task)
  if (state !== 'issued' && state !== 'accepted')
    throw new DomainError('conflict', 'move.not_now', 'What was reported stays as it was.', { state })
  await releasePictures(tx, { subject, id: pictureId })
}

/** Whether a picture came since the task was issued. */
export async function hasPicture(db: Reader, { task }: FullTask): Promise<boolean> {
  const since = task.issuedAt ? gte(pictures.createdAt, task.issuedAt) : undefined
  return (await db.$count(pictures, and(eq(pictures.subject, pictureSubject(task.id)), since))) > 0
}
