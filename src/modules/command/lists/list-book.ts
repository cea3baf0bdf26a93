/** The book that a sheet belongs to: by its title, its issuer and its working body. */
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import {
  type Judging,
  type OwnReason,
  type Ref,
  refuse,
  resolveUnit,
  type Scene,
} from '#modules/imports/index.ts'
import { coversUnit, searchNameOf } from '#modules/organisation/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { bodyMembers, books, tasks, taskUnits, workingBodies } from '../schema.ts'
import type { BookKind } from '../words.ts'

type Sheet = Judging['row']['sheet']

export interface Bodies {
  byName: ReadonlyMap<string, { id: string; units: string[] }>
  /** The lead units of the offices of the districts. */
  districtUnits: string[]
}

/** The live working bodies: few. */
export async function loadBodies(db: Reader): Promise<Bodies> {
  const rows = await db
    .select({ body: workingBodies, unitId: bodyMembers.unitId, role: bodyMembers.role })
    .from(workingBodies)
    .leftJoin(bodyMembers, and(eq(bodyMembers.bodyId, workingBodies.id), isNull(bodyMembers.leftAt)))
    .where(isNull(workingBodies.closedAt))
    .orderBy(asc(workingBodies.id), asc(bodyMembers.id))
  const byName = new Map<string, { id: string; units: string[] }>()
  const districtUnits: string[] = []
  for (const { body, unitId, role } of rows) {
    const key = searchNameOf(body.name)
    const found = byName.get(key) ?? { id: body.id, units: [] }
    byName.set(key, found)
    if (unitId && (role === 'lead' || role === 'member')) found.units.push(unitId)
    if (unitId && role === 'lead' && body.kind === 'district_office') districtUnits.push(unitId)
  }
  return { byName, districtUnits }
}

/** The working body a sheet is of, by its name or title; null: none; undefined: one that does not exist. */
export function bodyOf(
  { reading }: Sheet,
  { byName }: Bodies,
): { id: string; units: string[] } | null | undefined {
  const named = byName.get(searchNameOf(reading.name))
  if (named) return named
  const titles = reading.titles.map(searchNameOf)
  for (const [name, body] of byName) if (titles.some((title) => title.includes(name))) return body
  return /.(?:组|专班)$/.test(reading.name.trim()) ? undefined : null
}

/** The title of the book: that of the sheet, without the name of its group, else the name of the file. */
export function titleOf({ reading }: Sheet): string {
  const { titles, name, fileTitle = '' } = reading
  const titled = titles.filter((text) => !/^附[:：]/.test(text))
  const title = titled.find((text) =>
    /清单|任务|台账|方案|项目|分解|通报|要点|计划|评选|创建|问题|\btasks\b/i.test(text),
  )
  const whole = title ?? (fileTitle || name)
  const bare = name.length > 1 ? whole.replaceAll(name, '') : whole
  const plain = bare
    .replace(/[（(]\s*[)）]/g, '')
    .replace(/^附件\s*\d*\s*[:：]?/, '')
    .trim()
  return (plain || whole || '任务清单').slice(0, 100)
}

/** The kind of the book that its title says. */
export function bookKindOf(title: string): BookKind {
  if (/任务书|任务分解/.test(title)) return 'task_book'
  if (/达标|测评/.test(title)) return 'checklist'
  if (/通报/.test(title)) return 'notice'
  if (/年度计划|工作要点/.test(title)) return 'year_plan'
  if (/项目|工程/.test(title)) return 'project'
  if (/评选|申报/.test(title)) return 'award'
  return 'work_list'
}

/** The year that a title names. */
export const yearIn = (texts: readonly string[]): number | undefined => {
  const found = texts.map((text) => /(20\d\d)\s*年?/.exec(text)?.[1]).find((year) => year !== undefined)
  return found === undefined ? undefined : Number(found)
}

/** Whose list it is: the register that may be written there, the title that is asked about, and why a unit is refused. */
export interface Issuing {
  register: string
  title: string
  outOfReach: OwnReason
}

/**
 * The unit that issues the list: the one that a user set for the sheet, else the one its title or its file names, else
 * the answer to the question who it is, asked once for a title. Undefined: the row waits, is skipped or refused.
 */
export function issuerOf(judging: Judging, scene: Scene, issuing: Issuing): Ref | undefined {
  const found = issuerIn(judging, scene, issuing.title)
  return found === undefined ? undefined : within(judging, found, scene, issuing)
}

function issuerIn(judging: Judging, scene: Scene, title: string): Ref | undefined {
  const { reading } = judging.row.sheet
  const { book, questions, topicOf } = scene
  const given = reading.given?.unitId
  if (given !== undefined && book.known(given)) return given
  for (const candidate of reading.unitCandidates) {
    const direct = book.direct(candidate)
    if (direct !== undefined && direct !== 'closed' && direct !== 'several') return direct
  }
  if (reading.unitName !== null) return resolveUnit(judging, reading.unitName, scene)
  const topic = topicOf(`issuer ${searchNameOf(title)}`)
  const answer = book.byAnswer(title, topic)
  if ('unit' in answer) return answer.unit
  if ('skip' in answer) judging.skipped = true
  else {
    const propose = () => book.proposals(title)
    questions.ask(judging, { kind: 'unit', topic, name: title, within: null, mayCreate: false, propose })
  }
  return undefined
}

function within(
  judging: Judging,
  ref: Ref,
  { gate, book }: Scene,
  { register, outOfReach }: Issuing,
): Ref | undefined {
  const [reach, place] = [gate.reachOf(register), book.placeOf(ref)]
  if (reach?.everything || (reach && place && coversUnit(reach, place))) return ref
  refuse(judging, null, outOfReach, { value: book.nameOf(ref) })
  return undefined
}

export interface KnownTask {
  row: typeof tasks.$inferSelect
  supporting: string[]
}
export interface ListBook {
  key: string
  title: string
  issuer: Ref
  /** The book that exists already. */
  known: typeof books.$inferSelect | undefined
  tasks: Map<string, KnownTask>
}

/** The book of this title and issuer with its tasks, where it exists. */
export async function findBook({ db }: Scene, title: string, issuer: Ref): Promise<ListBook> {
  const searchTitle = searchNameOf(title)
  const found: ListBook = {
    key: `${issuer} ${searchTitle}`,
    title,
    issuer,
    known: undefined,
    tasks: new Map(),
  }
  const [known] = await db
    .select()
    .from(books)
    .where(and(eq(books.issuerUnitId, issuer), eq(books.searchTitle, searchTitle)))
    .orderBy(asc(books.id))
  if (!known) return found
  const rows = await db.select().from(tasks).where(eq(tasks.bookId, known.id)).orderBy(asc(tasks.position))
  const supporting = await db
    .select({ taskId: taskUnits.taskId, unitId: taskUnits.unitId })
    .from(taskUnits)
    .where(
      inArray(taskUnits.taskId, db.select({ id: tasks.id }).from(tasks).where(eq(tasks.bookId, known.id))),
    )
    .orderBy(asc(taskUnits.id))
  const byTask = Map.groupBy(supporting, ({ taskId }) => taskId)
  for (const row of rows)
    found.tasks.set(row.outline, { row, supporting: (byTask.get(row.id) ?? []).map(({ unitId }) => unitId) })
  return { ...found, known }
}
