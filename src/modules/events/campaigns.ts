import { and, desc, eq, gt, lt, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { searchNameOf } from '#modules/organisation/index.ts'
import { type AuditActor, record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { newId } from '#platform/ids.ts'
import type { CampaignChange, CampaignCreation } from './contract-campaigns.ts'
import { campaigns, events } from './schema.ts'
import { titleContains } from './searching.ts'
import type { CampaignKind } from './words.ts'

const eventCount =
  sql<number>`(select count(*) from ${events} where ${events.campaignId} = ${campaigns}.id)`.mapWith(Number)

const parents = alias(campaigns, 'parents')

function selectCampaigns(db: Reader) {
  return db
    .select({ campaign: campaigns, events: eventCount, parent: { id: parents.id, name: parents.name } })
    .from(campaigns)
    .leftJoin(parents, eq(parents.id, campaigns.parentId))
}
export type FullCampaign = Awaited<ReturnType<typeof selectCampaigns>>[number]

/** A campaign with the number of its events. @throws DomainError `campaign.missing` */
export async function fullCampaign(db: Reader, campaignId: string): Promise<FullCampaign> {
  const [found] = await selectCampaigns(db).where(eq(campaigns.id, campaignId))
  if (!found)
    throw new DomainError('missing', 'campaign.missing', 'There is no such campaign.', { campaignId })
  return found
}

export interface CampaignFilter {
  search?: string
  kind?: CampaignKind
  parentId?: string
  cursor?: string
  limit?: number
}

/** A keyset page of campaigns, newest first. */
export async function listCampaigns(
  db: Reader,
  { search, kind, parentId, cursor, limit = 50 }: CampaignFilter,
) {
  const rows = await selectCampaigns(db)
    .where(
      and(
        titleContains(campaigns.searchName, search),
        kind ? eq(campaigns.kind, kind) : undefined,
        parentId ? eq(campaigns.parentId, parentId) : undefined,
        after([campaigns.startsOn, campaigns.id], cursor, 'desc'),
      ),
    )
    .orderBy(desc(campaigns.startsOn), desc(campaigns.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ campaign }) => [campaign.startsOn, campaign.id])
}

interface Days {
  startsOn: string
  endsOn: string
}

function assertDays({ startsOn, endsOn }: Days): void {
  if (startsOn > endsOn)
    throw new DomainError('invalid', 'period.invalid', 'A campaign ends on or after its first day.')
}

/** What a month and a week may belong to. A campaign belongs to nothing. */
const above: Record<CampaignKind, readonly CampaignKind[]> = {
  campaign: [],
  month: ['campaign'],
  week: ['campaign', 'month'],
}

interface Placed {
  kind: CampaignKind
  parentId: string | null
  startsOn: string
}

/** A month or week begins within what it belongs to; its end may lie beyond, as weeks do. */
async function assertParent(db: Reader, { kind, parentId, startsOn }: Placed): Promise<void> {
  const unfit = () =>
    new DomainError('invalid', 'campaign.parent_unfit', 'It does not belong there.', { kind })
  if (!parentId) {
    if (kind === 'campaign') return
    throw unfit()
  }
  const { campaign } = await fullCampaign(db, parentId)
  const within = campaign.startsOn <= startsOn && startsOn <= campaign.endsOn
  if (!above[kind].includes(campaign.kind) || !within) throw unfit()
}

/** Whatever belongs to a campaign still begins within it. */
async function assertChildren(db: Reader, campaignId: string, days: Days): Promise<void> {
  const outside = await db.$count(
    campaigns,
    and(
      eq(campaigns.parentId, campaignId),
      or(lt(campaigns.startsOn, days.startsOn), gt(campaigns.startsOn, days.endsOn)),
    ),
  )
  if (outside > 0)
    throw new DomainError('invalid', 'campaign.parent_unfit', 'Months or weeks would lie outside.', {
      outside,
    })
}

/** Creates a campaign, or a month or a week of one. @throws DomainError `period.invalid`, `campaign.missing`, `campaign.parent_unfit` */
export async function createCampaign(
  tx: Writer,
  { input, by, at }: { input: CampaignCreation; by: AuditActor; at: DateTime },
): Promise<FullCampaign> {
  assertDays(input)
  const { kind = 'campaign', parentId = null } = input
  await assertParent(tx, { kind, parentId, startsOn: input.startsOn })
  const id = newId()
  await tx.insert(campaigns).values({ ...input, id, searchName: searchNameOf(input.name), createdAt: at })
  await record(tx, { action: 'campaign.created', subject: `campaign:${id}`, by, at })
  return fullCampaign(tx, id)
}

/**
 * Changes a campaign under its optimistic lock.
 * @throws DomainError `campaign.missing`, `version.stale`, `period.invalid`, `campaign.parent_unfit`
 */
export async function changeCampaign(
  tx: Writer,
  request: { campaignId: string; version: number; input: CampaignChange; by: AuditActor; at: DateTime },
): Promise<FullCampaign> {
  const { campaignId, version, input, by, at } = request
  const { campaign } = await fullCampaign(tx, campaignId)
  assertVersion(campaign, version)
  const days = { ...campaign, ...input }
  assertDays(days)
  if (campaign.parentId) await assertParent(tx, days)
  await assertChildren(tx, campaignId, days)
  const searchName = input.name ? { searchName: searchNameOf(input.name) } : {}
  await updateVersioned(tx, campaigns, campaignId, version, { ...input, ...searchName })
  const details = { fields: Object.keys(input) }
  await record(tx, { action: 'campaign.changed', subject: `campaign:${campaignId}`, by, at, details })
  return fullCampaign(tx, campaignId)
}
