import { users } from '#modules/accounts/schema.ts'
import { campaigns, events } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import { type AuditTexts, namesFrom } from '#platform/audit/texts.ts'
import { auditSubjects, auditTexts } from './audit-texts.ts'

/**
 * What entries of the audit trail call by name. An auditor reads who did what to which account, unit or place; people stay
 * ids, because whoever reads the trail has no right to see them.
 */
const names: AuditTexts['names'] = {
  user: namesFrom(users),
  unit: namesFrom(units),
  team: namesFrom(teams),
  zone: namesFrom(zones),
  event: namesFrom(events),
  campaign: namesFrom(campaigns),
}

/** How the audit trail is told to people. */
export const auditTelling: AuditTexts = { actions: auditTexts, subjects: auditSubjects, names }
