import { and, desc, eq, gt, isNotNull, isNull, lte, type SQL } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { maskPhone } from '#platform/crypto/index.ts'
import { alias } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { after } from '#platform/http/page.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { officerConfirmations, users } from '../schema.ts'
import { openAskedPhone, openPhone } from '../sealed.ts'
import type { ConfirmationState } from '../words.ts'
import type { OfficerConfirmationView } from './contract.ts'

const askers = alias(users, 'askers')

function rowsWhere(db: Reader, condition: SQL | undefined, limit: number) {
  return db
    .select({ confirmation: officerConfirmations, user: users, askedBy: askers.name })
    .from(officerConfirmations)
    .innerJoin(users, eq(users.id, officerConfirmations.userId))
    .innerJoin(askers, eq(askers.id, officerConfirmations.requestedBy))
    .where(condition)
    .orderBy(desc(officerConfirmations.requestedAt), desc(officerConfirmations.id))
    .limit(limit)
}
export type ConfirmationRow = Awaited<ReturnType<typeof rowsWhere>>[number]

/** A page of confirmations, newest first; one row more than the limit, to know whether there are more. */
export function listConfirmations(
  db: Reader,
  { state, cursor, limit, at }: { state?: ConfirmationState; cursor?: string; limit: number; at: DateTime },
): Promise<ConfirmationRow[]> {
  const { requestedAt, id } = officerConfirmations
  return rowsWhere(db, and(state && stands(state, at), after([requestedAt, id], cursor, 'desc')), limit + 1)
}

function stands(state: ConfirmationState, at: DateTime): SQL | undefined {
  const { decidedAt, approved, expiresAt } = officerConfirmations
  if (state === 'pending') return and(isNull(decidedAt), gt(expiresAt, at))
  if (state === 'expired') return and(isNull(decidedAt), lte(expiresAt, at))
  return and(isNotNull(decidedAt), eq(approved, state === 'approved'))
}

function stateOf({ decidedAt, approved, expiresAt }: ConfirmationRow['confirmation'], at: DateTime) {
  if (decidedAt) return approved ? 'approved' : 'refused'
  return expiresAt > at ? 'pending' : 'expired'
}

/** One confirmation as the API shows it. @throws DomainError `confirmation.missing` */
export async function readConfirmation(
  context: Pick<AppContext, 'db' | 'keys' | 'now'>,
  id: string,
): Promise<OfficerConfirmationView> {
  const [row] = await rowsWhere(context.db.read, eq(officerConfirmations.id, id), 1)
  if (!row) throw new DomainError('missing', 'confirmation.missing', 'There is no such confirmation.')
  return presentConfirmation(context, row)
}

/** Numbers are masked: enough to ask the owner whether it is the right one. */
export function presentConfirmation(
  { keys, now }: Pick<AppContext, 'keys' | 'now'>,
  { confirmation, user, askedBy }: ConfirmationRow,
): OfficerConfirmationView {
  const { id, kind, role, requestedBy, requestedAt, expiresAt, decidedBy, decidedAt } = confirmation
  const [phone, newPhone] = [openPhone(keys, user), openAskedPhone(keys, confirmation)]
  return {
    id,
    kind,
    state: stateOf(confirmation, now()),
    user: { id: user.id, name: user.name, login: user.login, phone: phone && maskPhone(phone) },
    role,
    newPhone: newPhone && maskPhone(newPhone),
    requestedBy: { id: requestedBy, name: askedBy },
    requestedAt: isoOf(requestedAt),
    expiresAt: isoOf(expiresAt),
    decidedByUserId: decidedBy,
    decidedAt: decidedAt && isoOf(decidedAt),
  }
}
