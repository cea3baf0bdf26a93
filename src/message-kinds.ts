import { registerAttendanceKinds } from '#modules/attendance/index.ts'
import { registerCommandKinds } from '#modules/command/index.ts'
import { registerInspectionKinds } from '#modules/inspection/index.ts'
import type { Messaging } from '#modules/messaging/index.ts'
import { registerMinorsKinds } from '#modules/minors/index.ts'
import { registerMobilizationKinds } from '#modules/mobilization/index.ts'
import { registerAccountKinds } from '#modules/onboarding/index.ts'
import type { AppContext } from './context.ts'

/** The kinds of messages: who renders each, and who decides whether it is still due. */
export function registerKinds({ kinds }: Messaging, { keys, config }: AppContext): void {
  registerAccountKinds(kinds, { keys, publicUrl: config.publicUrl, timeZone: config.timeZone })
  registerMobilizationKinds(kinds, { keys, publicUrl: config.publicUrl })
  registerAttendanceKinds(kinds, { keys, publicUrl: config.publicUrl })
  registerMinorsKinds(kinds, { keys })
  registerCommandKinds(kinds, { publicUrl: config.publicUrl })
  registerInspectionKinds(kinds, { publicUrl: config.publicUrl, timeZone: config.timeZone })
}
