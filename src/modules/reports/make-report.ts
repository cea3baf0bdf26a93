import type { DateTime } from 'luxon'
import { eventRow } from '#modules/events/index.ts'
import { zoneKinds } from '#modules/grid/index.ts'
import { byStateOf, messageTotals } from '#modules/messaging/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import type { EventReport } from './contract.ts'
import {
  allotmentFacts,
  countFacts,
  districtNames,
  eachAssignment,
  type Organisation,
  organisationFacts,
  type PlacedFact,
  quotaFacts,
  shiftFacts,
  toldParticipations,
} from './facts.ts'
import { Lines } from './lines.ts'
import { Participants } from './participants.ts'
import { asOf, Tally } from './tally.ts'
import { terms } from './words.ts'

export interface ReportRequest {
  eventId: string
  /** The cut-off: only what happened up to this moment counts. */
  cutOffAt: DateTime
  now: DateTime
  /** The part of the organisation whose figures the reader may see. */
  reach: Reach
}

/**
 * The figures of an event as of the cut-off. `reader` must be a snapshot, so that all figures are consistent.
 * @throws DomainError `event.missing`, `report.cut_off_ahead`
 */
export async function makeReport(reader: Reader, request: ReportRequest): Promise<EventReport> {
  const { eventId, cutOffAt, now, reach } = request
  if (cutOffAt > now) {
    throw new DomainError(
      'invalid',
      'report.cut_off_ahead',
      'The cut-off lies ahead: nothing can be known of it.',
    )
  }
  const event = await eventRow(reader, eventId)
  const organisation = await organisationFacts(reader, reach)
  const counted = await countAll(reader, request, organisation)
  const { name, theme, timeZone, startsAt, endsAt } = event
  return {
    event: { id: eventId, name, theme, timeZone, startsAt: isoOf(startsAt), endsAt: isoOf(endsAt) },
    cutOffAt: isoOf(cutOffAt),
    madeAt: isoOf(now),
    partial: organisation.within !== undefined,
    ...counted.report,
    messages: organisation.within ? null : await messagesOf(reader, eventId, counted.placed),
    definitions: Object.fromEntries(
      Object.entries(terms).map(([figure, { zh, en, meaning }]) => [figure, { name: { zh, en }, meaning }]),
    ),
  }
}

async function countAll(reader: Reader, { eventId, cutOffAt }: ReportRequest, organisation: Organisation) {
  const all = await shiftFacts(reader, eventId)
  const shifts = new Map(all.map((shift) => [shift.id, shift]))
  const live = all.filter(({ cancelledAt }) => !cancelledAt || cancelledAt > cutOffAt)
  const last = live.reduce<DateTime | null>((end, { endsAt }) => (end && end > endsAt ? end : endsAt), null)
  const whole = organisation.within === undefined
  const isOurs = oursOf(organisation)
  const total = new Tally(whole ? { demanded: 0, asked: 0, pledged: 0 } : { asked: 0, pledged: 0 })
  const participants = new Participants(organisation)
  const lines = new Lines(organisation, await districtNames(reader), zoneKinds, whole)
  const placed = new Set<string>()

  const take = (row: PlacedFact) => {
    const shift = shifts.get(row.shiftId)
    const fact = asOf(row, cutOffAt)
    if (!shift || !fact || !isOurs(row)) return
    if (!row.freedAt || row.freedAt > cutOffAt) placed.add(row.participationId)
    participants.add(row)
    if (fact.checkInAt) participants.addArrival({ ...shift, ...row })
    for (const tally of [total, ...lines.of(shift, row)]) tally.add(fact, cutOffAt)
  }
  await eachAssignment(reader, eventId, cutOffAt, take)

  for (const count of await countFacts(reader, eventId, cutOffAt)) {
    const shift = shifts.get(count.shiftId)
    const body = { teamId: count.teamId, unitId: organisation.teams.get(count.teamId)?.unitId ?? null }
    if (!shift || !isOurs(body)) continue
    participants.addCounted({ ...shift, ...body, present: count.present, shiftId: count.shiftId })
    for (const tally of [total, ...lines.of(shift, body)]) tally.addCount(count)
  }
  for (const allotment of await allotmentFacts(reader, eventId)) {
    const unitId = organisation.teams.get(allotment.teamId)?.unitId ?? null
    if (isOurs({ teamId: allotment.teamId, unitId })) participants.addHeads({ ...allotment, unitId })
  }
  for (const { unitId, asked, pledged } of await quotaFacts(reader, eventId)) {
    if (!isOurs({ teamId: null, unitId })) continue
    for (const tally of [total, ...lines.ofUnit(unitId)]) tally.addAsked({ asked, pledged: pledged ?? 0 })
  }
  if (whole) {
    for (const shift of live) {
      for (const tally of [total, ...lines.ofPlace(shift)]) tally.addAsked({ demanded: shift.target })
    }
  }
  return {
    placed,
    report: {
      participants: participants.figures,
      shifts: live.length,
      lastShiftEndsAt: last && isoOf(last),
      zones: new Set(live.map(({ zoneId }) => zoneId)).size,
      total: total.figures,
      breakdowns: lines.all(),
    },
  }
}

/** A predicate: whether a unit or team within the reader's reach gets the credit. */
function oursOf({
  within,
}: Organisation): (body: { teamId: string | null; unitId: string | null }) => boolean {
  if (!within) return () => true
  return ({ teamId, unitId }) =>
    (teamId !== null && within.teams.has(teamId)) || (unitId !== null && within.units.has(unitId))
}

async function messagesOf(reader: Reader, eventId: string, placed: ReadonlySet<string>) {
  const kinds = await messageTotals(reader, eventId)
  const told = await toldParticipations(reader, eventId)
  let unreachable = 0
  for (const participationId of placed) if (!told.has(participationId)) unreachable++
  return {
    written: kinds.reduce((sum, { written }) => sum + written, 0),
    byState: byStateOf(kinds) as Record<string, number>,
    unreachable,
  }
}
