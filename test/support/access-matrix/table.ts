import type { Table } from './declare.ts'
import { accounts } from './slices/accounts.ts'
import { attendance } from './slices/attendance.ts'
import { calendar } from './slices/calendar.ts'
import { command } from './slices/command.ts'
import { desk } from './slices/desk.ts'
import { events } from './slices/events.ts'
import { grid } from './slices/grid.ts'
import { imports } from './slices/imports.ts'
import { inspection } from './slices/inspection.ts'
import { live } from './slices/live.ts'
import { messaging } from './slices/messaging.ts'
import { minors } from './slices/minors.ts'
import { mobilization } from './slices/mobilization.ts'
import { persons } from './slices/persons.ts'
import { planning } from './slices/planning.ts'
import { rankings } from './slices/rankings.ts'
import { reports } from './slices/reports.ts'
import { system } from './slices/system.ts'
import { teams } from './slices/teams.ts'
import { units } from './slices/units.ts'

/** Every operation of the API: what it asks for, and whose scope decides. */
export const table: Table = {
  ...units,
  ...teams,
  ...persons,
  ...imports,
  ...accounts,
  ...grid,
  ...events,
  ...messaging,
  ...mobilization,
  ...planning,
  ...attendance,
  ...minors,
  ...command,
  ...inspection,
  ...rankings,
  ...reports,
  ...live,
  ...calendar,
  ...desk,
  ...system,
}
