import { and, desc, eq, sql } from 'drizzle-orm'
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

const eventCount =
  sql<number>`(select count(*) from ${events} where ${events.campaignId} = ${campaigns}.id)`.mapWith(Number)

function selectCampaigns(db: Reader) {
  return db.select({ campaign: campaigns, events: eventCount }).from(campaigns)
}
export type FullCampaign = Awaited<ReturnType<typeof selectCampaigns>>[number]

/** A campaign with the number of its events. @throws DomainError `campaign.missing` */
export async function fullCampaign(db: Reader, campaignId: string): Promise<FullCampaign> {
  const [found] = await selectCampaigns(db).where(eq(campaigns.id, campaignId))
  if (!found)
    throw new DomainError('missing', 'campaign.missing', 'There is no such campaign.', { campaignId })
  return found
}

/** A keyset page of campaigns, newest first. */
export async function listCampaigns(
  db: Reader,
  { search, cursor, limit = 50 }: { search?: string; cursor?: string; limit?: number },
) {
  const rows = await selectCampaigns(db)
    .where(
      and(
        titleContains(campaigns.searchName, search),
        after([campaigns.startsOn, campaigns.id], cursor, 'desc'),
      ),
    )
    .orderBy(desc(campaigns.startsOn), desc(campaigns.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ campaign }) => [campaign.startsOn, campaign.id])
}

function assertDays({ startsOn, endsOn }: { startsOn: string; endsOn: string }): void {
  if (startsOn > endsOn)
    throw new DomainError('invalid', 'period.invalid', 'A campaign ends on or after its first day.')
}

/** Creates a campaign. @throws DomainError `period.invalid` */
export async function createCampaign(
  tx: Writer,
  { input, by, at }: { input: CampaignCreation; by: AuditActor; at: DateTime },
): Promise<FullCampaign> {
  assertDays(input)
  const id = newId()
  await tx.insert(campaigns).values({ ...input, id, searchName: searchNameOf(input.name), createdAt: at })
  await record(tx, { action: 'campaign.created', subject: `campaign:${id}`, by, at })
  return fullCampaign(tx, id)
}

/**
 * Changes a campaign under its optimistic lock.
 * @throws DomainError `campaign.missing`, `version.stale`, `period.invalid`
 */
export async function changeCampaign(
  tx: Writer,
  request: { campaignId: string; version: number; input: CampaignChange; by: AuditActor; at: DateTime },
): Promise<FullCampaign> {
  const { campaignId, version, input, by, at } = request
  const { campaign } = await fullCampaign(tx, campaignId)
  assertVersion(campaign, version)
  assertDays({ ...campaign, ...input })
  const searchName = input.name ? { searchName: searchNameOf(input.name) } : {}
  await updateVersioned(tx, campaigns, campaignId, version, { ...input, ...searchName })
  const details = { fields: Object.keys(input) }
  await record(tx, { action: 'campaign.changed', subject: `campaign:${campaignId}`, by, at, details })
  return fullCampaign(tx, campaignId)
}
