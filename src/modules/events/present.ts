import { maskName } from '#platform/crypto/index.ts'
import { type Actor, may } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import type { FullBatch } from './batch-queries.ts'
import type { FullCampaign } from './campaigns.ts'
import type { BatchView, CampaignView, EventView, ShiftView } from './contract.ts'
import type { FullEvent } from './event-queries.ts'
import { stateOf } from './rules.ts'
import type { FullShift } from './shift-queries.ts'

type At = Parameters<typeof isoOf>[0]
const isoOrNull = (at: At | null) => at && isoOf(at)
const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

export function campaignView({ campaign, events }: FullCampaign): CampaignView {
  const { id, version, name, description, startsOn, endsOn, createdAt } = campaign
  return { id, version, name, description, startsOn, endsOn, events, createdAt: isoOf(createdAt) }
}

export function eventView({ event, organiserName, campaignName, shifts }: FullEvent): EventView {
  const { id, version, name, theme, description, timeZone, minorsPerAdult, ownUnit, cancelReason } = event
  return {
    id,
    version,
    name,
    theme,
    description,
    campaign: named(event.campaignId, campaignName),
    organiser: { id: event.organiserUnitId, name: organiserName },
    timeZone,
    startsAt: isoOf(event.startsAt),
    endsAt: isoOf(event.endsAt),
    minorsPerAdult,
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

/** How names of people are shown to somebody: in full only to those who may see people. */
export function namesFor(actor: Actor): (name: string) => string {
  return may(actor, 'persons.read') ? (name) => name : maskName
}

export function shiftView(
  { shift, zone, inChargeName, deputyName, taken, skills }: FullShift,
  nameOf: (name: string) => string,
): ShiftView {
  const { inChargePersonId, deputyPersonId, zoneId: _, ...plain } = shift
  return {
    ...plain,
    zone,
    startsAt: isoOf(shift.startsAt),
    endsAt: isoOf(shift.endsAt),
    taken,
    skills,
    inCharge: named(inChargePersonId, inChargeName && nameOf(inChargeName)),
    deputy: named(deputyPersonId, deputyName && nameOf(deputyName)),
    cancelledAt: isoOrNull(shift.cancelledAt),
    createdAt: isoOf(shift.createdAt),
  }
}

export function batchView({ batch, totals }: FullBatch): BatchView {
  const { id, eventId, made, createdAt, undoneAt } = batch
  return { id, eventId, made, totals, createdAt: isoOf(createdAt), undoneAt: isoOrNull(undoneAt) }
}
