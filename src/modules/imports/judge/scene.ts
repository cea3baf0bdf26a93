import { and, eq } from 'drizzle-orm'
import { searchNameOf, unitsWithin } from '#modules/organisation/index.ts'
import { unitAliases, units } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { among } from '#platform/database/dialect.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import type { Gate, LookUpBudget } from '../gate.ts'
import type { DataRow, JudgedSheet } from '../read/staged.ts'
import type { StoredAnswer } from '../schema.ts'
import type { DecisionKind } from '../words.ts'
import type { Districts } from './districts.ts'
import { Questions } from './questions.ts'
import { SheetUnits } from './sheet-units.ts'
import type { Statement } from './statements.ts'
import { TeamBook } from './team-book.ts'
import { type BookOptions, UnitBook } from './unit-book.ts'
import type { Answers, Ref } from './verdicts.ts'

export interface JudgeInput {
  db: Reader
  keys: KeyRing
  gate: Gate
  lookUpBudget: LookUpBudget
  rows: readonly DataRow[]
  /** Every answer given so far. */
  answers: readonly { kind: DecisionKind; topic: string; answer: StoredAnswer }[]
  topicOf: (text: string) => string
  districts: Districts
}

/** The shared context while rows are judged: known data, and the results of the earlier registers. */
export interface Scene extends Omit<JudgeInput, 'answers'> {
  /** The known units and teams within reach, and those that rows create. */
  book: UnitBook
  teamBook: TeamBook
  sheetUnits: SheetUnits
  /** The unit that has this alias, among the units within reach. */
  aliasOwner: (alias: string) => Ref | undefined
  /** All answers of one kind. */
  answered: (kind: DecisionKind) => StoredAnswer[]
  answers: Answers
  questions: Questions
  /** The statements about people, in the order of the registers. */
  statements: Statement[]
}

/**
 * Loads the units and aliases that the rows may name, with a few SQL statements per 500 names. Teams and people
 * follow.
 */
export async function sceneOf(input: JudgeInput): Promise<Scene> {
  const { answers, ...others } = input
  const { db, gate, rows, topicOf } = others
  const byTopic = new Map(answers.map(({ kind, topic, answer }) => [`${kind} ${topic}`, answer]))
  const lookUp = (kind: DecisionKind, topic: string) => byTopic.get(`${kind} ${topic}`)
  const answered = (kind: DecisionKind) =>
    answers.flatMap((each) => (each.kind === kind ? [each.answer] : []))
  const given = givenBy(rows)
  const options: BookOptions = {
    db,
    gate,
    topicOf,
    answers: lookUp,
    answered: [...answered('unit'), ...given.units],
  }
  const book = new UnitBook(options)
  await book.load(namesOfUnits(rows))
  const unknown = ({ sheet, entry }: DataRow) =>
    sheet.list === 'units' && book.direct(entry.unit ?? '') === undefined
  if (rows.some(unknown)) await book.loadTwins()
  const questions = new Questions({
    unit: gate.writes('units'),
    team: gate.writes('teams'),
    person: gate.writes('persons'),
  })
  return {
    ...others,
    book,
    teamBook: new TeamBook({ ...options, answered: [...answered('team'), ...given.teams] }, book),
    sheetUnits: new SheetUnits(book, questions),
    aliasOwner: await aliasOwners(input),
    answered,
    answers: lookUp,
    questions,
    statements: [],
  }
}

/** Values that a user set for all rows of a sheet. */
function givenBy(rows: readonly DataRow[]): Record<'units' | 'teams', StoredAnswer[]> {
  const sheets = new Set(rows.map(({ sheet }) => sheet))
  const given = [...sheets].flatMap(({ reading }) => reading.given ?? [])
  const use = (id: string | undefined): StoredAnswer[] => (id === undefined ? [] : [{ answer: 'use', id }])
  return {
    units: given.flatMap(({ unitId }) => use(unitId)),
    teams: given.flatMap(({ teamId }) => use(teamId)),
  }
}

function namesOfUnits(rows: readonly DataRow[]): Set<string> {
  const names = new Set<string>()
  const sheets = new Set<JudgedSheet>()
  for (const { entry, sheet } of rows) {
    sheets.add(sheet)
    if (entry.unit) names.add(entry.unit)
    if (entry.parent) names.add(entry.parent)
  }
  for (const { reading } of sheets) for (const name of reading.unitCandidates) names.add(name)
  return names
}

async function aliasOwners({ db, gate, rows }: JudgeInput): Promise<(alias: string) => Ref | undefined> {
  const owners = new Map<string, string>()
  const search = new Set(rows.flatMap(({ entry }) => entry.aliases ?? []).map(searchNameOf))
  await inChunks([...search], 500, async (some) => {
    const aliased = await db
      .select({ unitId: units.id, name: unitAliases.searchAlias })
      .from(unitAliases)
      .innerJoin(units, eq(units.id, unitAliases.unitId))
      .where(and(among(unitAliases.searchAlias, some), unitsWithin(gate.sees)))
    for (const { name, unitId } of aliased) owners.set(name, unitId)
  })
  return (alias) => owners.get(searchNameOf(alias))
}
