import { and, eq, lt } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Database, Reader, Writer } from '../database/port.ts'
import { DomainError } from '../errors.ts'
import type { Doing } from '../http/access.ts'
import { newId } from '../ids.ts'
import { previews } from './schema.ts'
import { differing, type Seen } from './seen.ts'

/** How long a preview may be acted on, and is kept. */
export const keptMinutes = 60
/** How long messages about an act wait, so that it can be undone before anybody was told. */
export const undoMinutes = 5
/** How many differing things a refusal lists. */
const listedMax = 200

/** An act on many things that is previewed first: what is done is what was seen, or nothing. */
export interface PreviewedAct<Spec, Found extends { seen: Seen }> {
  /** Permanent name, as `shifts.cancel`. */
  kind: string
  /**
   * Finds what the act would do; refuses whoever may not. Writes nothing. Runs for the preview and again, in its
   * transaction, for the act. `seen` names what must not have changed in between, and nothing else: a figure that
   * changes all day would refuse every act.
   */
  look(db: Reader, spec: Spec, doing: Doing): Promise<Found>
  /** Does it. @returns the id under which it is read and undone */
  perform(tx: Writer, spec: Spec, found: Found, doing: Doing): Promise<string>
}

/** What a preview is of: the act belongs to `subject` (`event:ID`). */
interface Asked<Spec> extends Doing {
  subject: string
  spec: Spec
}

/** Looks, and keeps what was seen for one hour under a token for the caller alone. */
export async function previewAct<Spec, Found extends { seen: Seen }>(
  db: Database,
  act: PreviewedAct<Spec, Found>,
  { subject, spec, by, at }: Asked<Spec>,
): Promise<Found & { token: string; expiresAt: DateTime }> {
  const found = await act.look(db.read, spec, { by, at })
  const token = newId()
  const row = { id: token, kind: act.kind, subject, userId: by.userId, spec, seen: found.seen, createdAt: at }
  await db.transaction((tx) => tx.insert(previews).values(row))
  return { ...found, token, expiresAt: at.plus({ minutes: keptMinutes }) }
}

/**
 * Does what the token's preview showed, if all of it is still so. The same token again answers the same id and does
 * nothing, so a client may repeat a request whose answer was lost.
 * @throws DomainError `preview.missing`, also for another user's; gone `preview.expired`; stale `preview.outdated` with
 *   the differing things; and those of the act
 */
export async function performAct<Spec, Found extends { seen: Seen }>(
  tx: Writer,
  act: PreviewedAct<Spec, Found>,
  { subject, token, by, at }: { subject: string; token: string } & Doing,
): Promise<string> {
  const [preview] = await tx
    .select()
    .from(previews)
    .where(
      and(
        eq(previews.id, token),
        eq(previews.kind, act.kind),
        eq(previews.subject, subject),
        eq(previews.userId, by.userId),
      ),
    )
  if (!preview) throw new DomainError('missing', 'preview.missing', 'There is no such preview of yours.')
  if (preview.doneId) return preview.doneId
  if (preview.createdAt.plus({ minutes: keptMinutes }) <= at) {
    throw new DomainError('gone', 'preview.expired', 'The preview is too old. Look again.')
  }
  const spec = preview.spec as Spec
  const found = await act.look(tx, spec, { by, at })
  assertAsSeen(preview.seen, found.seen)
  const doneId = await act.perform(tx, spec, found, { by, at })
  await tx.update(previews).set({ doneId }).where(eq(previews.id, token))
  return doneId
}

function assertAsSeen(seen: Seen, now: Seen): void {
  const found = differing(seen, now)
  if (found.length === 0) return
  throw new DomainError('stale', 'preview.outdated', 'It has changed since the preview. Nothing was done.', {
    total: found.length,
    differing: found.slice(0, listedMax),
  })
}

/** Deletes what can no longer be acted on. */
export async function forgetPreviews(tx: Writer, now: DateTime): Promise<void> {
  await tx.delete(previews).where(lt(previews.createdAt, now.minus({ minutes: keptMinutes })))
}
