/** What each kind of alarm says, for auditors: from the words of the slices that raise them. */
import { accountsAttention } from '#modules/accounts/words.ts'
import { attendanceAttention } from '#modules/attendance/words.ts'
import { organisationAttention } from '#modules/organisation/words.ts'
import type { AttentionTexts } from '#platform/attention/index.ts'

export const attentionTexts: AttentionTexts = {
  ...accountsAttention,
  ...organisationAttention,
  ...attendanceAttention,
}
