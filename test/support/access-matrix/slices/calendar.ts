import { knownNotices } from '#platform/calendar/known-years.ts'
import { anyone, type Table } from '../declare.ts'

const once = { at: ['own'] } as const
const year = '2026'
const { year: _, ...notice } = knownNotices.find(
  (each) => String(each.year) === year,
) as (typeof knownNotices)[number]

/** Working days are the same for everybody; the city office enters them. */
export const calendar: Table = {
  listWorkdayYears: anyone('signed-in', () => ({}), once),
  readWorkdayYear: anyone('signed-in', () => ({ params: { year } }), once),
  countWorkdayDeadline: anyone(
    'signed-in',
    () => ({ query: { from: '2026-03-04T05:00:00Z', workdays: '3' } }),
    once,
  ),
  enterWorkdayYear: anyone('workdays.edit', () => ({ params: { year }, version: 0, body: notice }), once),
}
