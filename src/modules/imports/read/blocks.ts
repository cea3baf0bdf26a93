/**
 * Assigns columns to people. A heading with a person's name (学生姓名) opens a block; following headings without an owner
 * (电话) belong to that person: 学生姓名 电话 家长姓名 电话. A repeated block is a further person of the row. Pure.
 */
import { type Field, type FieldName, manyColumns } from './fields/fields.ts'
import type { HeadingPath, Headings, SaidOfColumn } from './headings.ts'
import { plainHeading } from './headings.ts'
import { type Attribute, fieldOfOwner, type Owner } from './owners.ts'

export interface Column {
  /** From 0. */
  index: number
  heading: string
  /** Null: not read. */
  field: FieldName | null
  /** The index of the person in the row, from 0; absent when a row has one person, or the column belongs to all. */
  part?: number
  /** The owner, when it is not the person the row is about. */
  owner?: Owner
  /** The field that an unknown heading resembles. */
  resembles?: FieldName
  hidden?: true
}

export interface Blocks {
  columns: Column[]
  /** The number of people per row. */
  parts: number
  /** Why a user must decide: it is unclear which person a column belongs to. */
  doubt: 'whose' | 'blocks' | null
}

/** The owner of a column whose heading names none: the person named last, or the person the row is about. */
export type Bare = 'last' | 'self'

interface Open {
  owner: Owner
  part: number
  /** The column of the name: what belongs to a person before it belongs to somebody else, such as the other parent. */
  from: number
}

class Walk {
  readonly columns: Column[] = []
  parts = 0
  doubt: Blocks['doubt'] = null
  readonly #bare: Bare
  readonly #hasSelf: boolean
  #open: Open | undefined
  #leading = 0
  readonly #selfNames: string[] = []

  constructor(bare: Bare, hasSelf: boolean) {
    this.#bare = bare
    this.#hasSelf = hasSelf
  }

  take(index: number, path: HeadingPath, said: SaidOfColumn): void {
    const heading = path.join('')
    const { person } = said
    if (!person) this.#put({ index, heading, field: said.field })
    else if (person.attribute === 'name') this.#name(index, heading, person.owner ?? 'self')
    else this.#attribute(index, heading, person.attribute, person.owner)
  }

  #put(column: Column): void {
    this.columns.push(column)
  }

  #name(index: number, heading: string, owner: Owner): void {
    if (owner === 'self') {
      this.#open = { owner, part: this.parts++, from: index }
      this.#selfNames.push(plainHeading(heading).replace(/[\d一二三四五六七八九十]+$/, ''))
      if (this.#selfNames[0] !== this.#selfNames.at(-1)) this.doubt = 'blocks'
    } else this.#open = { owner, part: Math.max(0, this.parts - 1), from: index }
    this.#put(this.#owned(index, heading, 'name', this.#open))
  }

  #attribute(index: number, heading: string, attribute: Attribute, owner: Owner | undefined) {
    const part = Math.max(0, this.parts - 1)
    if (owner !== undefined)
      return this.#put(this.#owned(index, heading, attribute, { owner, part, from: index }))
    const open = this.#open
    if (!open) {
      this.#leading++
      return this.#put(this.#owned(index, heading, attribute, { owner: 'self', part: 0, from: index }))
    }
    const meant = this.#meant(open, attribute)
    this.#put(this.#owned(index, heading, attribute, meant))
  }

  /** The owner of a heading such as 电话. After a second person it may still belong to the first one. */
  #meant(open: Open, attribute: Attribute): Open {
    if (open.owner === 'self' || !this.#hasSelf) return open
    const self: Open = { owner: 'self', part: open.part, from: -1 }
    const selfHas = this.#has(self, attribute)
    const certain = attribute === 'phone' ? !this.#has(open, 'phone') : selfHas
    if (certain) return open
    this.doubt ??= 'whose'
    return this.#bare === 'self' ? self : open
  }

  #has({ owner, part, from }: Open, attribute: Attribute): boolean {
    const field = fieldFor(owner, attribute)
    return this.columns.some(
      (column) =>
        column.field === field &&
        field !== null &&
        column.index > from &&
        (column.part ?? 0) === part &&
        ownerOf(column) === owner,
    )
  }

  #owned(index: number, heading: string, attribute: Attribute, { owner, part }: Open): Column {
    const column: Column = { index, heading, field: fieldFor(owner, attribute), part }
    return owner === 'self' ? column : { ...column, owner }
  }

  /** In 电话 姓名 电话 姓名 the first 电话 comes before any name, so the owner of the numbers is a guess. */
  finish(): void {
    if (this.parts > 1 && this.#leading > 0) this.doubt = 'blocks'
  }
}

const fieldFor = (owner: Owner, attribute: Attribute): FieldName | null =>
  owner === 'self' ? attribute : (fieldOfOwner[owner][attribute] ?? null)
const ownerOf = (column: Column): Owner => column.owner ?? 'self'

export interface BlocksGiven {
  bare?: Bare
  /** Columns of names under headings that do not say so. */
  names?: ReadonlyMap<number, Owner>
  /** Columns that say yes or no under the word for a person: 党员. */
  flags?: ReadonlySet<number>
}

/** Assigns a field and a person to every column. */
export function blocksOf(
  paths: readonly HeadingPath[],
  headings: Headings,
  { bare = 'last', names: given, flags }: BlocksGiven = {},
): Blocks {
  const said = paths.map((path, index): SaidOfColumn => {
    if (flags?.has(index)) return { field: null }
    const owner = given?.get(index)
    return owner === undefined
      ? headings.read(path)
      : { field: owner === 'self' ? 'name' : null, person: { owner, attribute: 'name' } }
  })
  const names = said.filter(({ person }) => person?.attribute === 'name')
  const hasSelf = names.some(({ person }) => (person?.owner ?? 'self') === 'self')
  const walk = new Walk(bare, hasSelf)
  for (const [index, path] of paths.entries()) {
    if (path.length > 0) walk.take(index, path, said[index] as SaidOfColumn)
  }
  walk.finish()
  const columns = hasSelf ? walk.columns : walk.columns.map(withoutSelf)
  const parts = Math.max(1, walk.parts)
  const shared = parts > 1 ? sharedFields(columns, parts) : { columns, doubt: false }
  return {
    columns: distinct(seconds(shared.columns), parts),
    parts,
    doubt: shared.doubt ? 'blocks' : walk.doubt,
  }
}

/** In a register (of units, say) a phone column without a person's name belongs to nobody and is not read. */
function withoutSelf(column: Column): Column {
  return column.part !== undefined && column.owner === undefined && column.field !== 'sex'
    ? { ...column, field: telling.has(column.field ?? '') ? column.field : null }
    : column
}

/** Fields that only people have: with one of them, a list without names is still a list of people. */
const telling: ReadonlySet<string> = new Set(['birthDate', 'identityNumber', 'sex'])

/** A row field that occurs once applies to all people of the row; one that occurs in every block, to that block. */
function sharedFields(columns: readonly Column[], parts: number): { columns: Column[]; doubt: boolean } {
  const seen = new Map<FieldName, number>()
  const times = Map.groupBy(
    columns.filter(({ part, field }) => part === undefined && field !== null),
    ({ field }) => field,
  )
  let doubt = false
  const shared = columns.map((column) => {
    const { field, part } = column
    if (field === null || part !== undefined) return column
    const count = times.get(field)?.length ?? 1
    if (count === 1 || field === 'number') return column
    const nth = seen.get(field) ?? 0
    seen.set(field, nth + 1)
    if (count !== parts) doubt = true
    return { ...column, part: Math.min(nth, parts - 1) }
  })
  return { columns: shared, doubt }
}

/** A second guardian of the same child, such as the mother beside the father. */
function seconds(columns: readonly Column[]): Column[] {
  const first = new Map<string, number>()
  return columns.map((column) => {
    const { field, part, index } = column
    if (field !== 'guardian' && field !== 'guardianPhone') return column
    const key = `guardian ${part ?? 0}`
    if (field === 'guardian') {
      if (first.has(key)) return { ...column, field: 'secondGuardian' satisfies Field }
      first.set(key, index)
      return column
    }
    const second = columns.findLast(
      (each) => each.field === 'guardian' && each.part === part && each.index < index,
    )
    return second && second.index !== first.get(key)
      ? { ...column, field: 'secondGuardianPhone' satisfies Field }
      : column
  })
}

/** Keeps each field once per person, except fields that may have several columns. */
function distinct(columns: readonly Column[], parts: number): Column[] {
  const taken = new Set<string>()
  return columns.map((column) => {
    const { field, part, ...others } = column
    const kept: Column = parts > 1 && part !== undefined ? column : { field, ...others }
    if (field === null || field === 'number' || manyColumns.has(field) || field.endsWith('Phone')) return kept
    const key = `${field} ${part ?? 0}`
    if (taken.has(key)) return { ...kept, field: null }
    taken.add(key)
    return kept
  })
}
