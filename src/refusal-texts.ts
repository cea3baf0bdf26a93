/** The text of every error code there is, for people: from the words of the slices. */
import { accountsErrors } from '#modules/accounts/words.ts'
import { refusals as linkErrors } from '#modules/attendance/page/words.ts'
import { attendanceErrors } from '#modules/attendance/words.ts'
import { commandErrors } from '#modules/command/words.ts'
import { eventErrors } from '#modules/events/words.ts'
import { gridErrors } from '#modules/grid/words.ts'
import { importsErrors } from '#modules/imports/words.ts'
import { rankingErrors } from '#modules/inspection/ranking/words.ts'
import { inspectionErrors } from '#modules/inspection/refusals/words.ts'
import { liveErrors } from '#modules/live/words.ts'
import { messagingErrors } from '#modules/messaging/words.ts'
import { minorsErrors } from '#modules/minors/words.ts'
import { ineligibilities, mobilizationErrors } from '#modules/mobilization/words.ts'
import { organisationErrors } from '#modules/organisation/words.ts'
import { planningErrors } from '#modules/planning/words.ts'
import { reportsErrors } from '#modules/reports/words.ts'
import { attentionErrors } from '#platform/attention/words.ts'
import { calendarErrors } from '#platform/calendar/words.ts'
import { platformErrors } from '#platform/http/words.ts'
import { pictureErrors } from '#platform/pictures/words.ts'

const ineligible = Object.entries(ineligibilities).map(([because, { zh, en }]) => [
  `shift.${because}`,
  { zh: `${zh}，请另选岗位。`, en: `${en} Choose another shift.` },
])

/** By code. `{…}` in a text is a detail of the problem. */
export const refusalTexts: Readonly<Record<string, { zh: string; en: string }>> = {
  ...linkErrors,
  ...Object.fromEntries(ineligible),
  ...platformErrors,
  ...attentionErrors,
  ...calendarErrors,
  ...pictureErrors,
  ...organisationErrors,
  ...accountsErrors,
  ...gridErrors,
  ...importsErrors,
  ...eventErrors,
  ...messagingErrors,
  ...mobilizationErrors,
  ...planningErrors,
  ...attendanceErrors,
  ...minorsErrors,
  ...commandErrors,
  ...inspectionErrors,
  ...rankingErrors,
  ...reportsErrors,
  ...liveErrors,
}
