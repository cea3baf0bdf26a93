/** Recognises the kind of a list by its headings. Data: a higher slice adds its kinds with its register. */
import type { Words } from '#modules/organisation/pure.ts'
import type { OwnListKind } from '../words.ts'
import type { Field, FieldName, FieldWords } from './fields/fields.ts'

/** How a kind of list is recognised, and which fields are read. */
export interface SheetKind {
  /** What a kind that a register adds is called; the organisation's own have theirs in `words.ts`. */
  called?: Words
  /** All of these fields are present, */
  all: readonly FieldName[]
  /** at least one of each of these groups, */
  any?: readonly (readonly FieldName[])[]
  /** and none of these. */
  none?: readonly FieldName[]
  /** The fields that are imported; columns with other fields are reported as unread. */
  uses: readonly FieldName[]
  /** The field that takes the texts of the dividing lines above a row, the highest level first. */
  dividers?: FieldName
}

/** How the cells of an added field are read; `when` is a day or the words for one. */
export type AddedReader = 'line' | 'prose' | 'parts' | 'count' | 'phones' | 'name' | 'when'

/** A column of a template: how it is filled in, and what one would write. */
export interface TemplateColumn {
  field: FieldName
  /** Another heading of the field than its usual one, which has to be known as well. */
  heading?: Words
  hint?: Words
  example?: Words
  required?: boolean
}

/** A list to fill in. Where its first column is the row number, its example stands in it as a row that says so. */
export interface SheetTemplate {
  /** What stands above the headings, to be written over: the name of what the whole list is about. */
  title?: Words & { hint: Words }
  columns: readonly TemplateColumn[]
}

/** What a register adds for reading sheets: its kinds of sheets, and its own headings. Plain data. */
export interface SheetVocabulary {
  kinds: Readonly<Record<string, SheetKind>>
  fields?: Readonly<Record<string, FieldWords & { read: AddedReader }>>
  /** Further headings of fields that imports or another register knows: 负责单位 of `unit`. */
  also?: Readonly<Partial<Record<FieldName, readonly string[]>>>
  /** Lists to fill in, by their kinds. */
  templates?: Readonly<Record<string, SheetTemplate>>
}

const person = [
  'name',
  'sex',
  'birthDate',
  'age',
  'identityNumber',
  'phone',
  'email',
  'unit',
  'role',
  'residence',
  'serviceCategory',
  'skills',
] as const satisfies readonly Field[]
const guardians = [
  'guardian',
  'guardianPhone',
  'secondGuardian',
  'secondGuardianPhone',
  'guardianConsent',
] as const satisfies readonly Field[]
const officers = ['leader', 'leaderPhone'] as const satisfies readonly Field[]

/** The kinds of the organisation's lists. The first match applies. */
export const ownKinds: Record<OwnListKind, SheetKind> = {
  classes: {
    all: ['name'],
    any: [['class', 'grade', ...guardians, 'teacher']],
    uses: [...person, ...guardians, 'attends', 'class', 'grade', 'team', 'teacher', 'teacherPhone'],
  },
  people: { all: ['name'], uses: [...person, 'attends', 'team'] },
  heads: {
    all: [],
    any: [
      ['heads', 'adults', 'minors'],
      ['unit', 'team', 'class', 'grade'],
    ],
    none: ['name', 'parent', 'unitKind', ...officers, 'latitude', 'liaison'],
    uses: ['unit', 'team', 'class', 'grade', 'heads', 'adults', 'minors'],
  },
  teams: {
    all: ['team'],
    none: ['name'],
    uses: ['team', 'unit', ...officers, 'longitude', 'latitude', 'heads', 'adults', 'minors'],
  },
  units: {
    all: ['unit'],
    none: ['name', 'team'],
    uses: [
      'unit',
      'unitKind',
      'parent',
      'district',
      'system',
      'honourTitle',
      'staffCount',
      'liaison',
      'liaisonPhone',
      ...officers,
      'aliases',
    ],
  },
}

const suits = ({ all, any = [], none = [] }: SheetKind, fields: ReadonlySet<string>) =>
  all.every((field) => fields.has(field)) &&
  any.every((some) => some.some((field) => fields.has(field))) &&
  !none.some((field) => fields.has(field))

/** The kinds that match these fields; the one that reads the most columns first. */
export function kindsFor(kinds: Readonly<Record<string, SheetKind>>, fields: ReadonlySet<string>): string[] {
  const own = Object.keys(ownKinds)
  const added = Object.keys(kinds).filter((kind) => !own.includes(kind))
  const read = (kind: string) => kinds[kind]?.uses.filter((field) => fields.has(field)).length ?? 0
  const fitting = [...added, ...own].filter((kind) => kinds[kind] && suits(kinds[kind], fields))
  // Among those of the organisation the order decides; another slice's list has headings that these do not know.
  const [best] = fitting.filter((kind) => own.includes(kind))
  return fitting.filter((kind) => kind === best || added.includes(kind)).sort((a, b) => read(b) - read(a))
}
