import { inArray } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { searchNameOf } from '../names.ts'
import { unitAliases } from '../schema.ts'
import { judgePersons, type PersonsContext } from './judge-persons.ts'
import { judgeClasses, judgePeople } from './judge-rows.ts'
import { judgeHeads, judgeTeams } from './judge-teams.ts'
import { type Districts, judgeUnits } from './judge-units.ts'
import { Questions } from './questions.ts'
import type { StoredAnswer, StoredReach } from './schema.ts'
import { SheetUnits } from './sheet-units.ts'
import { Statements } from './statements.ts'
import { TeamBook } from './team-book.ts'
import { inTurns } from './turns.ts'
import { type BookOptions, UnitBook } from './unit-book.ts'
import {
  type Asked,
  type Carried,
  type DataRow,
  emptyPlan,
  isNew,
  type JudgedSheet,
  Judging,
  type Plan,
  type Ref,
} from './verdicts.ts'
import type { DecisionKind, ListKind } from './words.ts'

export interface JudgeInput {
  db: Reader
  keys: KeyRing
  reach: StoredReach
  rows: readonly DataRow[]
  /** Every answer given so far. */
  answers: readonly { kind: DecisionKind; topic: string; answer: StoredAnswer }[]
  topicOf: (text: string) => string
  districts: Districts
}

export interface Judged {
  rows: Judging[]
  questions: Asked[]
  plan: Plan
}

/**
 * Judges the rows of an import against what is known now. Reads only, in chunks; the same rows and the same
 * database give the same verdicts. When something of a row was planned before it turned out that the row cannot be
 * taken, everything is looked at again with that known, so that a plan holds whole rows only.
 */
export async function judge(input: JudgeInput): Promise<Judged> {
  const carried = new Map<number, Carried>()
  const asked = new Map<string, Asked>()
  for (;;) {
    const judged = await look(input, carried)
    for (const question of judged.questions) asked.set(`${question.kind} ${question.topic}`, question)
    const late = judged.rows.filter((row) => row.contributed && !row.open && !carried.has(row.row.ordinal))
    if (late.length === 0) return { ...judged, questions: stillAsked(asked, judged.rows) }
    for (const { row, problems, waitsFor } of late) {
      carried.set(row.ordinal, { problems: problems.slice(row.problems.length), waitsFor })
    }
  }
}

/** The questions that rows wait for, with how many do. */
function stillAsked(asked: ReadonlyMap<string, Asked>, rows: readonly Judging[]): Asked[] {
  const waiting = new Map<string, number>()
  for (const row of rows) {
    if (row.judgement !== 'needs_decision') continue
    for (const { kind, topic } of row.waitsFor) {
      waiting.set(`${kind} ${topic}`, (waiting.get(`${kind} ${topic}`) ?? 0) + 1)
    }
  }
  return [...waiting].flatMap(([key, count]) => {
    const question = asked.get(key)
    return question ? [{ ...question, rows: count }] : []
  })
}

/**
 * Registers of units first, then of teams, then heads, classes and people: the later ones name what the earlier
 * ones bring.
 */
async function look(input: JudgeInput, carried: ReadonlyMap<number, Carried>): Promise<Judged> {
  const rows: Judging[] = []
  await inTurns(input.rows, (row) => rows.push(new Judging(row, carried.get(row.ordinal))), 2000)
  const of = (list: ListKind) => rows.filter(({ row }) => row.sheet.list === list)
  const context = await contextOf(input)
  judgeUnits(of('units'), context)
  await loadTeams(input, rows, context)
  judgeTeams(of('teams'), context)
  judgeHeads(of('heads'), context)
  await judgeClasses(of('classes'), context)
  await judgePeople(of('people'), context)
  planAnswered(context)
  await judgePersons(context)
  return { rows, questions: await context.questions.finish(), plan: context.plan }
}

async function contextOf(input: JudgeInput): Promise<PersonsContext> {
  const { db, keys, reach, answers, topicOf, districts, rows } = input
  const byTopic = new Map(answers.map(({ kind, topic, answer }) => [`${kind} ${topic}`, answer]))
  const answered = (kind: DecisionKind) =>
    answers.flatMap((each) => (each.kind === kind ? [each.answer] : []))
  const lookUp = (kind: DecisionKind, topic: string) => byTopic.get(`${kind} ${topic}`)
  const options: BookOptions = { db, reach, topicOf, answers: lookUp, answered: answered('unit') }
  const book = new UnitBook(options)
  await book.load(namesOfUnits(rows))
  const unknown = ({ sheet, entry }: DataRow) =>
    sheet.list === 'units' && book.direct(entry.unit ?? '') === undefined
  if (rows.some(unknown)) await book.loadTwins()
  const questions = new Questions()
  const sheetUnits = new SheetUnits(book, questions)
  return {
    db,
    keys,
    book,
    teamBook: new TeamBook({ ...options, answered: answered('team') }, book),
    questions,
    districts,
    topicOf,
    plan: emptyPlan(),
    statements: new Statements(),
    answers: lookUp,
    decidesPersons: answered('person').length > 0,
    aliasOwner: await aliasOwners(db, rows),
    sheetUnit: (judging) => sheetUnits.of(judging),
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

async function aliasOwners(
  db: Reader,
  rows: readonly DataRow[],
): Promise<(alias: string) => Ref | undefined> {
  const owners = new Map<string, string>()
  const search = new Set(rows.flatMap(({ entry }) => entry.aliases ?? []).map(searchNameOf))
  await inChunks([...search], 500, async (some) => {
    for (const row of await db.select().from(unitAliases).where(inArray(unitAliases.searchAlias, some))) {
      owners.set(row.searchAlias, row.unitId)
    }
  })
  return (alias) => owners.get(searchNameOf(alias))
}

/** The teams of every unit the lists speak of, and by name those of rows that name no unit. */
async function loadTeams(
  input: JudgeInput,
  rows: readonly Judging[],
  { book, teamBook }: PersonsContext,
): Promise<void> {
  const unitIds = new Set(
    input.answers.flatMap(({ kind, answer }) => (kind === 'unit' && answer.id ? [answer.id] : [])),
  )
  const names = new Set<string>()
  const said = new Map<JudgedSheet | string, Ref[]>()
  const refsOf = (candidates: readonly string[]) =>
    candidates.flatMap((name) => {
      const found = book.direct(name)
      return found === undefined || found === 'closed' || found === 'several' ? [] : [found]
    })
  for (const { row } of rows) {
    const { sheet, entry } = row
    if (sheet.list === 'units') continue
    const by = entry.unit ?? sheet
    const refs =
      said.get(by) ?? refsOf(entry.unit === undefined ? sheet.reading.unitCandidates : [entry.unit])
    said.set(by, refs)
    for (const ref of refs) if (!isNew(ref)) unitIds.add(ref)
    if (refs.length === 0 && entry.team !== undefined) names.add(entry.team)
  }
  await teamBook.load(unitIds, names)
}

/** What somebody decided to add although no register lists it. */
function planAnswered({ book, teamBook, plan }: PersonsContext): void {
  const planned = new Set([...plan.units, ...plan.teams].map(({ ref }) => ref))
  for (const { ref, name, kind, parent, districtCode, listed } of book.allAdded) {
    if (!planned.has(ref) && !listed) plan.units.push({ ref, parent, input: { name, kind, districtCode } })
  }
  for (const { ref, name, unit, kind } of teamBook.allAdded) {
    if (!planned.has(ref)) plan.teams.push({ ref, unit, input: { name, kind } })
  }
}
