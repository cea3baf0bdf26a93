import { and, eq, inArray } from 'drizzle-orm'
import { isHumanAmong } from '#modules/accounts/index.ts'
import { onOneLine } from '#modules/command/index.ts'
import { readInstant } from '#modules/events/index.ts'
import { recordAll } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { partiesOf } from '../cases/recheck.ts'
import { visits } from '../schema.ts'
import { type Inspector, type Refusal, refusalOf } from './assignment-rules.ts'
import { type Concerning, concernOf, type Today } from './concerns.ts'
import type { Assignments } from './contract.ts'
import { inspectorOf } from './inspectors.ts'
import { ownRound } from './round-queries.ts'
import { notDrawn } from './save-round.ts'

/**
 * Says who goes where, and from when on they know of it: all of the list, or nothing. Visits that came home stay as they are.
 * @throws DomainError `round.missing`, `access.out_of_reach`, `visit.missing`; conflict `round.not_drawn`, `round.closed`,
 * `visit.received`; forbidden `inspector.not_one`, `inspector.unit_needed`, `inspector.own_district`, `inspector.own_line`,
 * `inspector.own_role`, `inspector.not_third`
 */
export async function assignVisits(
  tx: Writer,
  { roundId, input, timeZone, by, at }: Doing & { roundId: string; input: Assignments; timeZone: string },
): Promise<void> {
  const { round } = await ownRound(tx, roundId, by)
  if (!round.drawnAt) throw notDrawn()
  if (round.closedAt) throw new DomainError('conflict', 'round.closed', 'The round is closed.')
  const wanted = new Map(input.visits.map((each) => [each.visitId, each]))
  const rows = await tx
    .select()
    .from(visits)
    .where(and(eq(visits.roundId, roundId), inArray(visits.id, [...wanted.keys()])))
  const missing = [...wanted.keys()].find((id) => !rows.some((row) => row.id === id))
  if (missing)
    throw new DomainError('missing', 'visit.missing', 'There is no such visit.', { visitId: missing })
  const known = new Map<string, Inspector | null>()
  for (const visit of rows) {
    const { inspectorUserId, opensAt } = wanted.get(visit.id)!
    if (visit.receivedAt)
      throw new DomainError('conflict', 'visit.received', 'The visit came home.', { visitId: visit.id })
    if (!known.has(inspectorUserId)) known.set(inspectorUserId, await inspectorOf(tx, inspectorUserId))
    const inspector = known.get(inspectorUserId) ?? null
    await assertMayGo(tx, visit, inspectorUserId, inspector, {
      own: round.kind === 'self_test',
      today: { at, timeZone },
    })
    await updateVersioned(tx, visits, visit.id, visit.version, {
      ...{ inspectorUserId, inspectorUnitId: inspector!.unit!.id, opensAt: readInstant(opensAt) },
    })
  }
  await recordAll(
    tx,
    rows.map(({ id }) => ({
      ...{ action: 'visit.assigned', subject: `visit:${id}`, by, at },
      details: { inspectorUserId: wanted.get(id)!.inspectorUserId },
    })),
  )
}

/** Why somebody must not see a visit; null: they may. @param own whether a unit looks at its own points */
export async function whyNot(
  db: Reader,
  visit: Concerning & { id?: string },
  userId: string,
  inspector: Inspector | null,
  { own, today }: { own: boolean; today: Today },
): Promise<Refusal | null> {
  if (!inspector) return 'inspector.not_one'
  // Another human, by whichever of their accounts.
  if (visit.id && (await isHumanAmong(db, userId, await partiesOf(db, visit.id))))
    return 'inspector.not_third'
  return refusalOf(inspector, await concernOf(db, visit, today), { own, onOneLine })
}

async function assertMayGo(
  db: Reader,
  visit: typeof visits.$inferSelect,
  userId: string,
  inspector: Inspector | null,
  as: { own: boolean; today: Today },
): Promise<void> {
  const refusal = await whyNot(db, visit, userId, inspector, as)
  if (refusal) throw refusalErrors[refusal]({ visitId: visit.id })
}

type Details = Record<string, unknown>
/** The error of each reason for which somebody must not see a visit. */
export const refusalErrors: Record<Refusal, (details: Details) => DomainError> = {
  'inspector.not_one': (details) =>
    new DomainError('forbidden', 'inspector.not_one', 'This account records no visits.', details),
  'inspector.unit_needed': (details) =>
    new DomainError('forbidden', 'inspector.unit_needed', 'The account names no unit.', details),
  'inspector.own_district': (details) =>
    new DomainError('forbidden', 'inspector.own_district', 'It is their own district.', details),
  'inspector.own_line': (details) =>
    new DomainError('forbidden', 'inspector.own_line', 'It concerns their own line.', details),
  'inspector.not_third': (details) =>
    new DomainError(
      'forbidden',
      'inspector.not_third',
      'They found it, reported it or signed it off.',
      details,
    ),
  'inspector.beyond': (details) =>
    new DomainError('forbidden', 'inspector.beyond', 'It is beyond where they are inspector.', details),
  'inspector.own_role': (details) =>
    new DomainError('forbidden', 'inspector.own_role', 'They hold a role there.', details),
}
