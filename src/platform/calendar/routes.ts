import type { DateTime } from 'luxon'
import type { Database, Reader } from '../database/port.ts'
import { IfMatch, requireIfMatch } from '../http/etag.ts'
import { Page, problems, ref } from '../http/schemas.ts'
import type { App } from '../http/server.ts'
import { dayIn, instantFrom, isoOf } from '../time.ts'
import { DeadlineQuery, WorkdayDeadline, WorkdayYearEntry, WorkdayYearView, YearParams } from './contract.ts'
import { enterYear } from './enter-year.ts'
import { presentUnpublished, presentYear } from './present.ts'
import { type CalendarReader, readYears } from './reader.ts'
import { deadlineOf } from './rules.ts'
import { yearProblems } from './words.ts'

export interface CalendarContext {
  db: Database
  calendar: CalendarReader
  config: { timeZone: string }
  now(): DateTime
}

const tags = ['工作日 · working days']
const url = '/api/workday-years/:year'
const reasons = Object.entries(yearProblems)
  .map(([because, { zh, en }]) => `- \`${because}\` ${zh} · ${en}`)
  .join('\n')

/** 工作日: the notices of the years, and what follows from them. */
export function calendarRoutes(app: App, context: CalendarContext): void {
  yearRoutes(app, context)
  writingRoutes(app, context)
  deadlineRoutes(app, context)
}

async function yearView(reader: Reader, year: number): Promise<WorkdayYearView> {
  const known = (await readYears(reader)).find((each) => each.year === year)
  return known ? presentYear(known) : presentUnpublished(year)
}

function yearRoutes(app: App, { db, config, now }: CalendarContext): void {
  app.route({
    method: 'GET',
    url: '/api/workday-years',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'listWorkdayYears',
      tags,
      summary: '各年度节假日安排 · The notices of all known years, up to the next year, the newest first',
      response: { 200: Page(WorkdayYearView), ...problems },
    },
    handler: async () => {
      const years = await readYears(db.read)
      const items = years.map(presentYear)
      const thisYear = Number(dayIn(now(), config.timeZone).slice(0, 4))
      for (const year of [thisYear, thisYear + 1]) {
        if (!years.some((known) => known.year === year)) items.push(presentUnpublished(year))
      }
      return { items: items.sort((a, b) => b.year - a.year), nextCursor: null }
    },
  })
  app.route({
    method: 'GET',
    url,
    config: { access: 'signed-in' },
    schema: {
      operationId: 'readWorkdayYear',
      tags,
      summary: '某年度节假日安排 · The notice of one year, or that there is none yet',
      params: YearParams,
      response: { 200: ref(WorkdayYearView), ...problems },
    },
    handler: async ({ params }) => {
      const view = await yearView(db.read, params.year)
      return view
    },
  })
}

function writingRoutes(app: App, { db, calendar, config, now }: CalendarContext): void {
  app.route({
    method: 'PUT',
    url,
    config: { access: 'workdays.edit' },
    schema: {
      operationId: 'enterWorkdayYear',
      tags,
      summary: '录入年度节假日安排 · Enter the notice of a year, or replace what was entered',
      description: `\`workdays.invalid\` names what is wrong:\n\n${reasons}`,
      params: YearParams,
      headers: IfMatch,
      body: WorkdayYearEntry,
      response: { 200: ref(WorkdayYearView), ...problems },
    },
    handler: async (request) => {
      const { params, body: entry, actor: by } = request
      const version = requireIfMatch(request)
      const at = now()
      const today = dayIn(at, config.timeZone)
      const view = await db.transaction(async (tx) => {
        await enterYear(tx, calendar, { ...params, entry, version, today, by, at })
        return yearView(tx, params.year)
      })
      return view
    },
  })
}

function deadlineRoutes(app: App, { calendar, config }: CalendarContext): void {
  app.route({
    method: 'GET',
    url: '/api/workday-deadlines',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'countWorkdayDeadline',
      tags,
      summary:
        '推算工作日期限 · When something is due so many working days after a moment, its day not counted',
      querystring: DeadlineQuery,
      response: { 200: ref(WorkdayDeadline), ...problems },
    },
    handler: async ({ query }) => {
      const { workdays, closesAt } = query
      const { timeZone: zone } = config
      const from = instantFrom(query.from)
      const due = deadlineOf(await calendar.current(), { from, workdays, zone, closesAt })
      return { ...due, timeZone: zone, endsAt: isoOf(due.endsAt) }
    },
  })
}
