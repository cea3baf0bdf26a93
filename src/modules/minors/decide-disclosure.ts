import { and, eq, isNull } from 'drizzle-orm'
import { areIndependent, isHumanAmong } from '#modules/accounts/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor, Doing } from '#platform/http/access.ts'
import { type Disclosure, mayDecide, visibleTo } from './disclosure-queries.ts'
import { disclosures } from './schema.ts'

export interface DecideDisclosure extends Doing {
  disclosureId: string
  approved: boolean
  /** Why not. */
  refusal?: string
}

/**
 * Approves access, which then is open for the hours asked for, or refuses it. The second person is another human, reaches
 * the class or the event's organiser, and acts independently of who asked. Repeating the same decision changes nothing.
 * @throws DomainError `disclosure.missing`; forbidden `disclosure.own`, `disclosure.not_independent`; conflict
 *   `disclosure.decided`; gone `disclosure.expired`
 */
export async function decideDisclosure(
  tx: Writer,
  { disclosureId, approved, refusal, by, at }: DecideDisclosure,
): Promise<void> {
  const asked = await oneOf(tx, by, disclosureId)
  if (asked.requestedBy === by.userId) throw own()
  if (!(await mayDecide(tx, by, asked.id))) throw missing()
  if (await isHumanAmong(tx, by.userId, [asked.requestedBy])) throw own()
  if (!(await areIndependent(tx, asked.requestedBy, by.userId))) {
    const message =
      'One of you has the role through the other, or both through the same person: somebody else decides.'
    throw new DomainError('forbidden', 'disclosure.not_independent', message)
  }
  if (asked.decidedAt || asked.revokedAt) {
    if (!asked.revokedAt && asked.decidedBy === by.userId && asked.approved === approved) return
    throw decided()
  }
  if (asked.expiresAt <= at)
    throw new DomainError(
      'gone',
      'disclosure.expired',
      'Nobody decided in time: it has to be asked for again.',
    )
  const expiresAt = approved ? at.plus({ hours: asked.hours }) : at
  const written = await tx
    .update(disclosures)
    .set({ decidedBy: by.userId, decidedAt: at, approved, refusal: refusal ?? null, expiresAt })
    .where(and(eq(disclosures.id, asked.id), isNull(disclosures.decidedAt), isNull(disclosures.revokedAt)))
    .returning({ id: disclosures.id })
  if (written.length === 0) throw decided()
  const action = approved ? 'disclosure.approved' : 'disclosure.refused'
  const details = { reason: asked.reason, hours: asked.hours, requestedBy: asked.requestedBy }
  await record(tx, { action, subject: `disclosure:${asked.id}`, by, at, details })
}

/**
 * Ends access at once, or takes back a request: by who asked, or by whoever may decide. Repeating changes nothing.
 * @throws DomainError `disclosure.missing`; conflict `disclosure.decided` when it was refused
 */
export async function revokeDisclosure(
  tx: Writer,
  { disclosureId, by, at }: Doing & { disclosureId: string },
): Promise<void> {
  const asked = await oneOf(tx, by, disclosureId)
  if (asked.revokedAt) return
  if (asked.approved === false) throw decided()
  await tx
    .update(disclosures)
    .set({ revokedBy: by.userId, revokedAt: at })
    .where(eq(disclosures.id, asked.id))
  const details = { requestedBy: asked.requestedBy }
  await record(tx, { action: 'disclosure.revoked', subject: `disclosure:${asked.id}`, by, at, details })
}

async function oneOf(db: Reader, by: Actor, disclosureId: string): Promise<Disclosure> {
  const [row] = await db
    .select()
    .from(disclosures)
    .where(and(eq(disclosures.id, disclosureId), visibleTo(db, by)))
  if (!row) throw missing()
  return row
}

const missing = () => new DomainError('missing', 'disclosure.missing', 'There is no such request for access.')
const own = () =>
  new DomainError('forbidden', 'disclosure.own', 'Somebody else has to decide what you ask for.')
const decided = () => new DomainError('conflict', 'disclosure.decided', 'This was decided already.')
