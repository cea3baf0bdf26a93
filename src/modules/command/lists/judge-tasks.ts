/** Judges the rows of lists of tasks: which book, which units, by when; what is there already stays as it is. */
import { type Judging, putAside, type Ref, refuse, type Scene } from '#modules/imports/index.ts'
import { type DueWords, type NoDue, readDue } from './due-words.ts'
import {
  type Bodies,
  bodyOf,
  bookKindOf,
  findBook,
  issuerOf,
  type KnownTask,
  type ListBook,
  loadBodies,
  titleOf,
  yearIn,
} from './list-book.ts'
import { meantUnits, namesOfUnits } from './meant-units.ts'
import { outlineOf, withoutNumber } from './outlines.ts'
import { taskReasons } from './reasons.ts'
import type { TaskCells } from './sheets.ts'

export interface PlannedTask {
  /** Of a task that is there and changes, as it was judged. */
  id?: string
  version?: number
  outline: string
  text: string
  acceptance: string | null
  unit: Ref
  supporting: Ref[]
  bodyId: string | null
  dueKind: 'dated' | 'standing' | 'none'
  dueClass: string | null
  dueOn: string | null
}

export interface PlannedBook {
  id?: string
  title: string
  kind: ReturnType<typeof bookKindOf>
  issuer: Ref
  tasks: PlannedTask[]
}

type Due = Pick<PlannedTask, 'dueKind' | 'dueClass' | 'dueOn'>
const never: Due = { dueKind: 'none', dueClass: null, dueOn: null }
const outlineMax = 20
const textMax = 1000

/** @param today `YYYY-MM-DD` */
export async function judgeTasks(
  rows: readonly Judging[],
  scene: Scene,
  today: string,
): Promise<PlannedBook[]> {
  if (rows.length === 0) return []
  if (!scene.gate.writes('tasks')) {
    putAside(rows, 'list.not_permitted')
    return []
  }
  const bodies = await loadBodies(scene.db)
  await scene.book.load(namesOfUnits(rows.map(cellsOf)))
  await scene.book.loadById([
    ...bodies.districtUnits,
    ...[...bodies.byName.values()].flatMap(({ units }) => units),
  ])
  return new Books(scene, bodies, today).judge(rows)
}

const cellsOf = ({ row }: Judging): TaskCells => (row.entry.more ?? {}) as TaskCells

class Books {
  readonly #scene: Scene
  readonly #bodies: Bodies
  readonly #today: string
  readonly #books = new Map<string, { book: ListBook; planned: PlannedBook }>()
  /** The first row with each outline of a book. */
  readonly #taken = new Map<string, Judging>()
  readonly #last = new Map<string, { number: string; nth: number; times: number }>()

  constructor(scene: Scene, bodies: Bodies, today: string) {
    this.#scene = scene
    this.#bodies = bodies
    this.#today = today
  }

  async judge(rows: readonly Judging[]): Promise<PlannedBook[]> {
    for (const judging of rows) {
      const outline = this.#outline(judging)
      if (!judging.open) continue
      const issuing = {
        register: 'tasks',
        title: titleOf(judging.row.sheet),
        outOfReach: taskReasons.outOfReach,
      }
      const issuer = issuerOf(judging, this.#scene, issuing)
      if (issuer === undefined) continue
      const book = await this.#bookOf(judging, issuer)
      const planned = this.#tasksOf(judging, outline)
      if (!planned || !this.#bookOpen(judging, book.book)) continue
      this.#put(judging, book, planned)
    }
    return [...this.#books.values()].flatMap(({ planned }) => (planned.tasks.length > 0 ? [planned] : []))
  }

  async #bookOf({ row: { sheet } }: Judging, issuer: Ref) {
    const title = titleOf(sheet)
    const key = `${issuer} ${title}`
    const before = this.#books.get(key)
    if (before) return before
    const book = await findBook(this.#scene, title, issuer)
    const id = book.known ? { id: book.known.id } : {}
    const found = { book, planned: { ...id, title, kind: bookKindOf(title), issuer, tasks: [] } }
    this.#books.set(key, found)
    return found
  }

  /** A number merged over several rows is that of each of them: 3-1, 3-2. */
  #outline(judging: Judging): string {
    const cells = cellsOf(judging)
    const { id, reading } = judging.row.sheet
    const last = this.#last.get(id) ?? { number: '', nth: 0, times: 0 }
    const nth = last.nth + 1
    const whole = outlineOf(cells, nth)
    const again = whole === last.number
    this.#last.set(id, { number: whole, nth, times: again ? last.times + 1 : 1 })
    const body = this.#bodies.byName.size > 0 ? bodyOf(judging.row.sheet, this.#bodies) : null
    const prefix = body && reading.name.length <= 8 ? `${reading.name.trim()}·` : ''
    return `${prefix}${whole}${again ? `-${last.times + 1}` : ''}`
  }

  #bookOpen(judging: Judging, { known }: ListBook): boolean {
    if (known?.closedAt) refuse(judging, null, taskReasons.bookClosed, { value: known.title })
    return judging.open
  }

  #tasksOf(judging: Judging, outline: string): PlannedTask[] | undefined {
    const cells = cellsOf(judging)
    const body = bodyOf(judging.row.sheet, this.#bodies)
    if (body === undefined)
      refuse(judging, null, taskReasons.bodyUnknown, { value: judging.row.sheet.reading.name })
    const dues = this.#dues(judging, cells)
    const text = textOf(cells)
    const acceptance = cells.acceptance ?? null
    if (text.length > textMax) refuse(judging, 'taskText', taskReasons.textLong)
    if (acceptance !== null && acceptance.length > textMax)
      refuse(judging, 'acceptance', taskReasons.textLong)
    const asking = { judging, scene: this.#scene, bodies: this.#bodies, members: body?.units ?? [] }
    const meant = meantUnits({ ...cells, unit: judging.row.entry.unit }, asking)
    if (!judging.open || !meant || !dues) return undefined
    const base = { text, acceptance, supporting: meant.supporting, bodyId: body?.id ?? null }
    return dues.flatMap(({ due, suffix }) =>
      meant.owing.map((unit, n): PlannedTask => {
        const of = meant.owing.length > 1 ? `(${n + 1})` : ''
        return { ...base, ...due, unit, outline: `${outline}${of}${suffix}` }
      }),
    )
  }

  #dues(judging: Judging, { due }: TaskCells): { due: Due; suffix: string }[] | undefined {
    const { reading } = judging.row.sheet
    const asks = reading.layout.columns.some(({ field }) => field === 'due')
    if (due === undefined) {
      if (!asks) return [{ due: never, suffix: '' }]
      refuse(judging, 'due', taskReasons.dueMissing)
      return undefined
    }
    const year = yearIn([...reading.titles, reading.fileTitle ?? ''])
    const said = readDue(due, this.#today, year)
    if (typeof said !== 'string') return duesOf(said)
    refuse(judging, 'due', noDue[said], { value: due })
    return undefined
  }

  #put(
    judging: Judging,
    { book, planned }: { book: ListBook; planned: PlannedBook },
    all: PlannedTask[],
  ): void {
    for (const task of all) {
      if (task.outline.length > outlineMax)
        refuse(judging, null, taskReasons.outlineLong, { value: task.outline })
      const key = `${book.key} ${task.outline}`
      const earlier = this.#taken.get(key)
      if (earlier) refuse(judging, null, taskReasons.outlineTwice, { value: task.outline, row: earlier.row })
      else this.#taken.set(key, judging)
      const known = book.tasks.get(task.outline)
      if (known?.row.issuedAt && differences(known, task).length > 0)
        refuse(judging, null, taskReasons.issued, { value: task.outline })
    }
    if (!judging.open) return
    for (const task of all) {
      const known = book.tasks.get(task.outline)
      if (!known) {
        judging.outcome = 'new'
        planned.tasks.push(task)
        judging.contributed = true
        continue
      }
      judging.target = { kind: 'task', id: known.row.id }
      const changes = differences(known, task)
      if (changes.length === 0) continue
      for (const change of changes) judging.raise(change)
      planned.tasks.push({ ...task, id: known.row.id, version: known.row.version })
      judging.contributed = true
    }
  }
}

const noDue: Readonly<Record<NoDue, (typeof taskReasons)['dueUnclear' | 'duePast' | 'dueNoDay']>> = {
  unclear: taskReasons.dueUnclear,
  past: taskReasons.duePast,
  no_such_day: taskReasons.dueNoDay,
}

function duesOf(said: DueWords): { due: Due; suffix: string }[] {
  if (said.kind === 'standing') return [{ due: { ...never, dueKind: 'standing' }, suffix: '' }]
  const dated = (more: Partial<Due>): Due => ({ ...never, dueKind: 'dated', ...more })
  if (said.kind === 'limit') return [{ due: dated({ dueClass: said.limit }), suffix: '' }]
  if (said.kind === 'day') return [{ due: dated({ dueOn: said.on }), suffix: '' }]
  return said.days.map((dueOn) => ({ due: dated({ dueOn }), suffix: `·${Number(dueOn.slice(5, 7))}月` }))
}

/** The group of a task stands before it; its number does not. */
function textOf({ taskGroup, taskText = '' }: TaskCells): string {
  const text = withoutNumber(taskText) || taskText
  return taskGroup === undefined || taskGroup === text ? text : `${withoutNumber(taskGroup)}：${text}`
}

function differences({ row, supporting }: KnownTask, task: PlannedTask): string[] {
  const changes: string[] = []
  if (row.text !== task.text) changes.push('taskText')
  if (row.acceptance !== task.acceptance) changes.push('acceptance')
  if (row.unitId !== task.unit) changes.push('owingUnits')
  if (row.dueKind !== task.dueKind || row.dueClass !== task.dueClass || row.dueOn !== task.dueOn)
    changes.push('due')
  if ([...supporting].sort().join() !== [...task.supporting].sort().join()) changes.push('supportUnits')
  return changes
}
