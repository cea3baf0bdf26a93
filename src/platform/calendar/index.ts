export { type CalendarReader, createCalendarReader, readCalendar } from './reader.ts'
export {
  addWorkdays,
  type Calendar,
  type CountedDay,
  type Deadline,
  deadlineOf,
  isCertain,
  isWorkday,
  settledDeadline,
  workdaysBetween,
} from './rules.ts'
