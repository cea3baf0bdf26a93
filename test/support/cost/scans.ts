/** Asks every list and look-up of a city that has grown, and says what is read from one end to the other. */
import Sqlite from 'better-sqlite3'
import { Envelope } from '#modules/imports/envelope.ts'
import { targetOf } from '#platform/database/url.ts'
import type { Rule } from '../access-matrix/declare.ts'
import { ask, type Operation } from '../access-matrix/operations.ts'
import { expectedOf, standings } from '../access-matrix/referee.ts'
import type { BuiltWorld } from '../access-matrix/world.ts'
import { originalOf } from './grow.ts'
import { scansOf, statementsOf } from './statements.ts'

/** What is read as a whole by its nature, or of which there are few; each with the tables and the reason. */
export const scanned: Record<string, { tables: string; because: string }> = {
  readReport: {
    tables: 'persons',
    because: 'whether there are more than 2,000: no further; the rest is read beside',
  },
  readBulletin: { tables: 'teams units zones', because: 'figures of a whole day, by every unit and zone' },
  readOrganisationFigures: {
    tables: 'memberships teams units',
    because: 'figures of the whole organisation',
  },
  summariseJobs: {
    tables: 'jobs',
    because: 'counts all jobs, for operators; done ones are kept for 14 days',
  },
  readFirstSteps: {
    tables: 'events memberships units users zones',
    because: 'stops at the first row of each',
  },
  listCampaigns: { tables: 'campaigns', because: 'a few a year' },
  listMessageHolds: { tables: 'sending_holds', because: 'open ones only, by a partial index' },
  listMessageTemplates: { tables: 'templates', because: 'at most one for each kind and channel' },
  listWorkdayYears: { tables: 'workday_years', because: 'one a year' },
  readWorkdayYear: { tables: 'workday_years', because: 'one a year' },
  countWorkdayDeadline: { tables: 'workday_years', because: 'one a year' },
  listMyAsks: { tables: 'people', because: 'heads of one quota, counted for each of the page' },
  listQuotas: { tables: 'people', because: 'heads of one quota, counted for each of the event' },
  readFunnel: { tables: 'people', because: 'heads of one quota, counted for each of the event' },
  mapPoints: { tables: 'points', because: 'a map shows every point; there are some hundreds' },
  countCases: { tables: 'cases some', because: 'a count reads what it counts, and stops at 10,001' },
  countPersons: { tables: 'persons some', because: 'a count reads what it counts, and stops at 10,001' },
  listFreeTeams: { tables: 'assignments', because: 'who of an event has no place yet' },
  listPersonRequests: { tables: 'anchors', because: 'all places of each person of the page' },
  readPersonRequest: { tables: 'anchors', because: 'all places of its person' },
  readCharge: { tables: 'tasks', because: 'counts the open items of every unit in the charge' },
  listTaskTemplates: { tables: 'tasks', because: 'counts what was made of each template of a book' },
  readTaskTemplate: { tables: 'tasks', because: 'counts what was made of each template of its book' },
  readTaskFigures: {
    tables: 'begun latest task_moves tasks',
    because:
      'figures of a day: the last move of every task by then, and of every cycle before; of tasks whether there are many, no further',
  },
  readCaseFigures: { tables: 'latest', because: 'figures of a day: the last move of every case by then' },
  readStandardFigures: {
    tables: 'persons',
    because: 'whether there are more than 2,000: no further; the rest is read beside',
  },
  readBlindSpots: { tables: 'task_moves tasks', because: 'what nobody looks after, among all that is open' },
  listTasks: { tables: 'body_members books', because: 'working bodies and their books are few' },
  readTask: { tables: 'body_members', because: 'working bodies and their members are few' },
  listLateEntries: { tables: 'assignments', because: 'SQLite takes an empty table for one of 10,000 rows' },
}

/** Not asked here: exports and streams, and what reads a whole plan or all namesakes by its nature. */
const notAsked = /^(?:export|download|stream|listDuplicates$|explainPlanPerson$)/

export const isAsked = ({ id, method }: Operation) =>
  (method === 'GET' || /^(?:lookUp|reveal)/.test(id)) && !notAsked.test(id)

/** Copies of encrypted values open as what they are copies of. */
export function openCopies({ app, world }: BuiltWorld): () => void {
  const { keys } = app.context
  const decrypt = keys.decrypt.bind(keys)
  keys.decrypt = (sealed, place) => decrypt(sealed, originalOf(place, world.own.unit) as typeof place)
  const { openBytes } = Envelope.prototype
  Envelope.prototype.openBytes = function (sealed, place) {
    return openBytes.call(this, sealed, originalOf(place, world.own.unit) as typeof place)
  }
  return () => {
    Envelope.prototype.openBytes = openBytes
  }
}

/** The tables an operation reads as a whole, asked in every way by one role over each kind of scope that may. */
export async function tablesScanned(built: BuiltWorld, operation: Operation, rule: Rule): Promise<string[]> {
  const { app, targets, world, sessions } = built
  const { file } = targetOf(app.context.config.databaseUrl) as { file: string }
  const connection = new Sqlite(file, { readonly: true })
  const found = new Set<string>()
  for (const asked of rule.cases) {
    const scopes = new Set<string>()
    for (const standing of standings) {
      const expected = expectedOf(rule, asked, { standing, position: 'own', success: operation.success })
      if (expected.reply !== 200 || expected.shown === false || scopes.has(standing.over)) continue
      scopes.add(standing.over)
      const token = sessions.get(standing.name)?.token
      let status = 0
      const statements = await statementsOf(async () => {
        status = (await ask(app, operation, asked.ask(targets.own, world), token)).status
      })
      if (status !== 200) throw new Error(`${operation.id} as ${standing.name} answered ${status}`)
      for (const each of statements) for (const table of scansOf(connection, each)) found.add(table)
    }
  }
  connection.close()
  return [...found].sort()
}
