import { and, eq, isNull, ne } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { workingBodies } from '../schema.ts'
import type { BodyKind } from '../words.ts'
import { bodyRow, type WorkingBodyRow } from './body-queries.ts'
import type { WorkingBodyChange, WorkingBodyCreation } from './contract.ts'

/** Sets a working body up. @throws DomainError conflict `body.number_taken` */
export async function createBody(
  tx: Writer,
  { input, by, at }: Doing & { input: WorkingBodyCreation },
): Promise<string> {
  const id = newId()
  await assertNumberFree(tx, id, input.kind, input.number)
  await tx.insert(workingBodies).values({ ...input, id, createdAt: at })
  await record(tx, { action: 'body.created', subject: `body:${id}`, by, at })
  return id
}

/** Changes name or number. @throws DomainError `body.missing`, `version.stale`, `body.number_taken` */
export async function changeBody(
  tx: Writer,
  request: Doing & { bodyId: string; version: number; input: WorkingBodyChange },
): Promise<void> {
  const { bodyId, version, input, by, at } = request
  const body = await bodyRow(tx, bodyId)
  assertVersion(body, version)
  if (!body.closedAt) await assertNumberFree(tx, bodyId, body.kind, input.number)
  await updateVersioned(tx, workingBodies, bodyId, version, input)
  const details = { fields: Object.keys(input) }
  await record(tx, { action: 'body.changed', subject: `body:${bodyId}`, by, at, details })
}

/**
 * Closes or reopens a body; its tasks stay as they are, and are then signed off by the issuer.
 * @throws DomainError `body.missing`, `version.stale`, `body.number_taken`
 */
export async function closeBody(
  tx: Writer,
  { bodyId, version, closed, by, at }: Doing & { bodyId: string; version: number; closed: boolean },
): Promise<void> {
  const body = await bodyRow(tx, bodyId)
  assertVersion(body, version)
  if ((body.closedAt !== null) === closed) return
  if (!closed) await assertNumberFree(tx, bodyId, body.kind, body.number)
  await setClosed(tx, body, closed ? at : null)
  const action = closed ? 'body.closed' : 'body.reopened'
  await record(tx, { action, subject: `body:${bodyId}`, by, at })
}

async function setClosed(tx: Writer, { id, version }: WorkingBodyRow, closedAt: DateTime | null) {
  await updateVersioned(tx, workingBodies, id, version, { closedAt })
}

async function assertNumberFree(
  db: Reader,
  bodyId: string,
  kind: BodyKind,
  number: number | null | undefined,
): Promise<void> {
  if (number === null || number === undefined) return
  const { id, closedAt } = workingBodies
  const [other] = await db
    .select({ id })
    .from(workingBodies)
    .where(
      and(
        eq(workingBodies.kind, kind),
        eq(workingBodies.number, number),
        isNull(closedAt),
        ne(workingBodies.id, bodyId),
      ),
    )
  if (other)
    throw new DomainError('conflict', 'body.number_taken', 'Another body of this kind has the number.')
}
