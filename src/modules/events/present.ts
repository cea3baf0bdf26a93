import { coversUnit, type NameOf, namesShown } from '#modules/organisation/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import type { FullBatch } from './batch-queries.ts'
import type { FullCampaign } from './campaigns.ts'
import type { BatchView, EventDetail, EventView, ShiftView } from './contract.ts'
import type { CampaignView } from './contract-campaigns.ts'
import type { FullEvent } from './event-queries.ts'
import { stateOf } from './rules.ts'
import type { FullShift } from './shift-queries.ts'
import type { EventOperation } from './words.ts'

type At = Parameters<typeof isoOf>[0]
const isoOrNull = (at: At | null) => at && isoOf(at)
const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

/** A campaign as the API shows it, with its number of events. */
export function presentCampaign({ campaign, events, parent }: FullCampaign): CampaignView {
  const { id, version, kind, name, description, startsOn, endsOn, createdAt } = campaign
  return {
    ...{ id, version, kind, parent, name, description, startsOn, endsOn, events },
    createdAt: isoOf(createdAt),
  }
}

/** An event as the API shows it, with its state computed from its timestamps. Instants are ISO 8601. */
export function presentEvent({ event, organiser, campaignName, shifts }: FullEvent): EventView {
  const { id, version, name, theme, description, timeZone, minorsPerAdult, ownUnit, cancelReason } = event
  return {
    id,
    version,
    name,
    theme,
    description,
    campaign: named(event.campaignId, campaignName),
    organiser: { id: event.organiserUnitId, name: organiser.name },
    timeZone,
    startsAt: isoOf(event.startsAt),
    endsAt: isoOf(event.endsAt),
    minorsPerAdult,
    checkInOpensMin: event.checkInOpensMin,
    ownUnit,
    state: stateOf(event),
    publishedAt: isoOrNull(event.publishedAt),
    closedAt: isoOrNull(event.closedAt),
    cancelledAt: isoOrNull(event.cancelledAt),
    cancelReason,
    shifts,
    createdAt: isoOf(event.createdAt),
  }
}

/** The permission that each operation on an event requires over the event's organiser. */
const needed: Record<EventOperation, string> = {
  changeEvent: 'events.edit',
  publishEvent: 'events.publish',
  closeEvent: 'events.publish',
  cancelEvent: 'events.publish',
}

/** An event with the operations that the actor may call. Uses the same rule as `assertOrganises`. */
export function presentEventDetail(full: FullEvent, actor: Actor): EventDetail {
  const allowed = (Object.keys(needed) as EventOperation[]).filter((operation) => {
    const permission = needed[operation]
    return may(actor, permission) && coversUnit(reachOf(actor, permission), full.organiser)
  })
  return { ...presentEvent(full), allowed }
}

function somebody(id: string | null, name: string | null, nameOf: NameOf) {
  return id === null ? null : { id, name: nameOf(id, name ?? '') }
}

/** Views of shifts as somebody may read them: whoever is in charge is named in full to those who reach that person. */
export async function presentShifts(
  db: Reader,
  reader: Actor,
  some: readonly FullShift[],
): Promise<ShiftView[]> {
  const people = some.flatMap(({ shift }) => [shift.inChargePersonId, shift.deputyPersonId])
  const nameOf = await namesShown(db, reader, people)
  return some.map((each) => presentShift(each, nameOf))
}

/** One of them. */
export async function presentOneShift(db: Reader, reader: Actor, shift: FullShift): Promise<ShiftView> {
  const [view] = await presentShifts(db, reader, [shift])
  return view as ShiftView
}

function presentShift(
  { shift, zone, inChargeName, deputyName, taken, skills }: FullShift,
  nameOf: NameOf,
): ShiftView {
  const { inChargePersonId, deputyPersonId, zoneId: _, ...plain } = shift
  return {
    ...plain,
    zone,
    startsAt: isoOf(shift.startsAt),
    endsAt: isoOf(shift.endsAt),
    taken,
    skills,
    inCharge: somebody(inChargePersonId, inChargeName, nameOf),
    deputy: somebody(deputyPersonId, deputyName, nameOf),
    cancelledAt: isoOrNull(shift.cancelledAt),
    createdAt: isoOf(shift.createdAt),
  }
}

/** A batch of generated shifts as the API shows it, with its totals; `undoneAt` is null until it is undone. */
export function presentBatch({ batch, totals }: FullBatch): BatchView {
  const { id, eventId, made, createdAt, undoneAt } = batch
  return { id, eventId, made, totals, createdAt: isoOf(createdAt), undoneAt: isoOrNull(undoneAt) }
}
