import { readCalendar } from '#platform/calendar/index.ts'
import type { Reader } from '#platform/database/port.ts'
import type { OfficeTime } from './due-rules.ts'

/** Working days as they are known now, in the service's time zone. For deadlines: pass the writer that stores them. */
export async function officeTime(db: Reader, { timeZone }: { timeZone: string }): Promise<OfficeTime> {
  return { calendar: await readCalendar(db), zone: timeZone }
}
