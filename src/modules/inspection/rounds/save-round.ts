import { randomBytes } from 'node:crypto'
import { and, eq, isNull, max } from 'drizzle-orm'
import { assertPeriod, outOfReach, readInstant } from '#modules/events/index.ts'
import { campaigns } from '#modules/events/schema.ts'
import { assertUnitWithin, districtHolds } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Doing, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { seedCommitment } from '../sampling/draw-rules.ts'
import { rounds } from '../schema.ts'
import { fullScheme } from '../schemes/scheme-queries.ts'
import { sealSeed } from '../sealed.ts'
import type { RoundChange, RoundCreation } from './contract.ts'
import { ownRound } from './round-queries.ts'
import type { RoundSpec } from './tables.ts'

const seedBytes = 32

interface Making extends Doing {
  keys: KeyRing
  timeZone: string
}

/**
 * Creates a round. Its seed is drawn now and sealed; the SHA-256 of it stands in the audit trail before anybody knows the
 * frame, so that nobody can choose a seed that draws what they like.
 * @throws DomainError `unit.missing`, `scheme.missing`, `campaign.missing`, `access.out_of_reach`; conflict `scheme.not_published`, `scheme.closed`;
 * invalid `period.invalid`
 */
export async function createRound(
  tx: Writer,
  { input, keys, timeZone, by, at }: Making & { input: RoundCreation },
): Promise<string> {
  await assertUnitWithin(tx, reachOf(by, 'rounds.run'), input.issuerUnitId)
  const { scheme } = await fullScheme(tx, input.schemeId, by)
  if (!scheme.publishedAt)
    throw new DomainError('conflict', 'scheme.not_published', 'The scheme is not published.')
  if (scheme.closedAt) throw new DomainError('conflict', 'scheme.closed', 'The scheme is no longer used.')
  await assertNamed(tx, input)
  const { startsAt: opensAt, endsAt } = assertPeriod(periodOf(input.opensAt, input.endsAt))
  const id = newId()
  const seed = randomBytes(seedBytes)
  const commitment = seedCommitment(seed)
  const year = opensAt.setZone(timeZone).year
  const number = await nextNumber(tx, year)
  const { kind, title, schemeId, issuerUnitId, campaignId = null, checkUnitId = null } = input
  await tx.insert(rounds).values({
    ...{ id, year, number, kind, title, schemeId, issuerUnitId, campaignId, checkUnitId, opensAt, endsAt },
    ...{ spec: specOf(input.spec, by), seedCommitment: commitment, createdAt: at },
    seed: sealSeed(keys, id, seed.toString('hex')),
  })
  const details = { year, number, commitment }
  await record(tx, { action: 'round.created', subject: `round:${id}`, by, at, details })
  return id
}

/**
 * Changes a round that was not drawn; the seed stays.
 * @throws DomainError as `createRound`; `round.missing`, `access.out_of_reach`, `version.stale`; conflict `round.drawn`
 */
export async function changeRound(
  tx: Writer,
  { roundId, version, input, by, at }: Doing & { roundId: string; version: number; input: RoundChange },
): Promise<void> {
  const { round } = await ownRound(tx, roundId, by)
  assertVersion(round, version)
  if (round.drawnAt) throw drawn()
  await assertNamed(tx, input)
  const { opensAt, endsAt, spec, ...rest } = input
  const period = {
    startsAt: opensAt ? readInstant(opensAt) : round.opensAt,
    endsAt: endsAt ? readInstant(endsAt) : round.endsAt,
  }
  assertPeriod(period)
  await updateVersioned(tx, rounds, roundId, version, {
    ...rest,
    ...{ opensAt: period.startsAt, endsAt: period.endsAt },
    ...(spec ? { spec: specOf(spec, by) } : {}),
  })
  const details = { fields: Object.keys(input).sort() }
  await record(tx, { action: 'round.changed', subject: `round:${roundId}`, by, at, details })
}

/**
 * Shows a round to everybody: which points were drawn, and what was found.
 * @throws DomainError `round.missing`, `access.out_of_reach`, `version.stale`; conflict `round.not_drawn`
 */
export async function revealRound(
  tx: Writer,
  { roundId, version, by, at }: Doing & { roundId: string; version: number },
): Promise<void> {
  const { round } = await ownRound(tx, roundId, by)
  assertVersion(round, version)
  if (!round.drawnAt) throw notDrawn()
  if (round.revealedAt) return
  await updateVersioned(tx, rounds, roundId, version, { revealedAt: at })
  await record(tx, { action: 'round.revealed', subject: `round:${roundId}`, by, at })
}

/**
 * Closes a round for good: what arrives later raises cases and changes no score, and the seed is shown to whoever wants to
 * draw again.
 * @throws DomainError as `revealRound`
 */
export async function closeRound(
  tx: Writer,
  { roundId, version, by, at }: Doing & { roundId: string; version: number },
): Promise<void> {
  const { round } = await ownRound(tx, roundId, by)
  assertVersion(round, version)
  if (!round.drawnAt) throw notDrawn()
  if (round.closedAt) return
  await updateVersioned(tx, rounds, roundId, version, { closedAt: at, revealedAt: round.revealedAt ?? at })
  await record(tx, { action: 'round.closed', subject: `round:${roundId}`, by, at })
}

export const drawn = () =>
  new DomainError('conflict', 'round.drawn', 'The round was drawn; a round is drawn once.')
export const notDrawn = () => new DomainError('conflict', 'round.not_drawn', 'The round was not drawn yet.')

const periodOf = (from: string, until: string) => ({
  startsAt: readInstant(from),
  endsAt: readInstant(until),
})

/**
 * What is drawn. Whoever runs rounds of a district draws its points alone: what is found there is owed by units of theirs.
 * @throws DomainError `access.out_of_reach`
 */
function specOf(
  { size, reserve = 2, districtCodes = [], pointClasses = [] }: RoundCreation['spec'],
  by: Actor,
): RoundSpec {
  const reach = reachOf(by, 'rounds.run')
  const own = reach.everything ? [] : reach.codes
  const codes = districtCodes.length === 0 ? own : districtCodes
  const within = (district: string) => own.some((each) => districtHolds(each, district))
  if (!reach.everything && (codes.length === 0 || !codes.every(within))) throw outOfReach()
  return {
    ...{ size, reserve },
    districtCodes: [...new Set(codes)],
    pointClasses: [...new Set(pointClasses)],
  }
}

async function nextNumber(tx: Writer, year: number): Promise<number> {
  const [last] = await tx
    .select({ number: max(rounds.number) })
    .from(rounds)
    .where(eq(rounds.year, year))
  return (last?.number ?? 0) + 1
}

async function assertNamed(tx: Writer, { campaignId, checkUnitId }: RoundChange): Promise<void> {
  if (campaignId && (await tx.$count(campaigns, eq(campaigns.id, campaignId))) === 0)
    throw new DomainError('missing', 'campaign.missing', 'There is no such campaign.')
  const open = and(eq(units.id, checkUnitId ?? ''), isNull(units.closedAt))
  if (checkUnitId && (await tx.$count(units, open)) === 0)
    throw new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId: checkUnitId })
}
