import { searchNameOf } from '#modules/organisation/pure.ts'
import { type Sheet, textOf } from '#platform/files/cells.ts'
import { type Field, type FieldName, type FieldWords, fields } from './fields/fields.ts'
import { ownKinds, type SheetKind, type SheetTemplate, type SheetVocabulary } from './kinds.ts'
import {
  type Attribute,
  fieldOfOwner,
  type Owner,
  ownerOfGroup,
  personHeading,
  personOfField,
} from './owners.ts'

/** A normalized heading for comparison: without brackets and their content (必填, 11位) and without marks (*). */
export function plainHeading(text: string): string {
  const bare = text.normalize('NFKC').replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】|<[^>]*>/g, '')
  return searchNameOf(bare.trim() === '' ? text : bare)
}

/** The owner that a note in brackets names: 联系电话（家长）. */
function ownerInBrackets(heading: string): Owner | undefined {
  const note = /[([【]([^)\]】]{1,8})[)\]】]/.exec(heading.normalize('NFKC'))?.[1]
  return note === undefined ? undefined : ownerOfGroup(searchNameOf(note))
}

/** The same in two languages: 姓名 Name. */
const bilingual = /^([\p{Script=Han}\s]+?)[\s/]*([A-Za-z][A-Za-z.’' ]+)$/u

/** A heading with the names of its groups before it, the highest group first. */
export type HeadingPath = readonly string[]

/** The meaning of a column by its heading. */
export interface SaidOfColumn {
  field: FieldName | null
  /** Set for columns about a person: the owner, if the heading names one, and the attribute. */
  person?: { owner: Owner | undefined; attribute: Attribute }
}

/** Joins records. @throws Error when two have the same key */
function joined<T>(...records: Readonly<Record<string, T>>[]): Record<string, T> {
  const keys = records.flatMap((record) => Object.keys(record))
  const twice = keys.find((key, at) => keys.indexOf(key) !== at)
  if (twice !== undefined) throw new Error(`two registers bring ${twice}`)
  return Object.assign({}, ...records)
}

/** The vocabulary of headings: that of the organisation, and those of registers added by other slices. */
export class Headings {
  readonly kinds: Readonly<Record<string, SheetKind>>
  readonly words: Readonly<Record<string, FieldWords>>
  /** The lists to fill in that registers of other slices bring. */
  readonly templates: Readonly<Record<string, SheetTemplate>>
  readonly #byHeading = new Map<string, FieldName>()

  /** @throws Error when a register brings a kind, a field or a heading that is known already with another meaning */
  constructor(more: readonly SheetVocabulary[] = []) {
    this.kinds = joined(ownKinds, ...more.map(({ kinds }) => kinds))
    this.words = joined<FieldWords>(fields, ...more.map((each) => each.fields ?? {}))
    this.templates = joined(...more.map(({ templates = {} }) => templates))
    for (const [field, { zh, en, also }] of Object.entries(fields))
      for (const heading of [zh, en, ...also]) this.#byHeading.set(searchNameOf(heading), field)
    for (const { fields: added = {}, also: further = {} } of more) {
      for (const [field, { zh, en, also }] of Object.entries(added)) this.#add(field, [zh, en, ...also])
      for (const [field, also = []] of Object.entries<readonly string[] | undefined>(further))
        this.#add(field, also)
    }
  }

  #add(field: FieldName, headings: readonly string[]): void {
    for (const heading of headings) {
      const key = searchNameOf(heading)
      const known = this.#byHeading.get(key)
      if (known !== undefined && known !== field) throw new Error(`the heading ${heading} is of ${known}`)
      this.#byHeading.set(key, field)
    }
  }

  /** The field named by a heading alone, or undefined. */
  fieldOf(heading: string): FieldName | undefined {
    const { field, person } = this.read([heading])
    if (field !== null || !person) return field ?? undefined
    const owner = person.owner ?? 'self'
    return owner === 'self' ? person.attribute : fieldOfOwner[owner][person.attribute]
  }

  /** Whether the text can be a heading: a field, an attribute of a person, or a group of columns about a person. */
  recognises(text: string): boolean {
    if (text.length > 60) return false
    const said = this.read([text])
    return said.field !== null || said.person !== undefined || ownerOfGroup(plainHeading(text)) !== undefined
  }

  /** The meaning of a heading; if it names no owner, its groups may. */
  read(path: HeadingPath): SaidOfColumn {
    const own = path.at(-1) ?? ''
    if (own === '' || own.length > 60) return { field: null }
    const [, chinese, english] = bilingual.exec(own) ?? []
    if (
      chinese &&
      english &&
      this.fieldOf(chinese) !== undefined &&
      this.fieldOf(chinese) === this.fieldOf(english)
    )
      return this.read([...path.slice(0, -1), chinese])
    const plain = plainHeading(own)
    const groups = path.slice(0, -1).map(plainHeading)
    const group = ownerInBrackets(own) ?? groups.map(ownerOfGroup).findLast((owner) => owner !== undefined)
    const joined = this.#byHeading.get(groups.join('') + plain)
    const named = groups.length > 0 && joined !== undefined ? joined : this.#byHeading.get(plain)
    const known = named === undefined ? undefined : personOfField(named as Field)
    if (named !== undefined && known === undefined) {
      // 工作单位 in a guardian's group is the guardian's employer.
      return group !== undefined && group !== 'self' && named === 'unit' ? { field: null } : { field: named }
    }
    // A heading in the vocabulary (参加人) takes precedence over splitting it into owner and attribute.
    const said = personHeading(plain)
    const person = known && (known.owner !== 'self' || !said) ? known : said
    if (!person) return this.#ofGroup(groups, group)
    const owner = person.owner === 'self' && !said?.owner ? undefined : person.owner
    return { field: named ?? null, person: { owner: owner ?? group, attribute: person.attribute } }
  }

  /** 手机 and 座机 below 联系方式 are contacts; an unknown word below a group has no meaning. */
  #ofGroup(groups: readonly string[], group: Owner | undefined): SaidOfColumn {
    const above = groups
      .map(personHeading)
      .findLast((each) => each !== undefined && each.attribute !== 'name')
    return above
      ? { field: null, person: { owner: above.owner ?? group, attribute: above.attribute } }
      : { field: null }
  }
}

/** The vocabulary of the organisation only. */
export const ownHeadings = new Headings()

/** The vocabulary of the organisation and of these registers. @throws Error as `Headings` does */
export function headingsOf(registers: readonly { sheets?: SheetVocabulary | undefined }[]): Headings {
  return new Headings(registers.flatMap(({ sheets }) => sheets ?? []))
}

/** The columns added by an error sheet. They are ignored when the sheet is uploaded again. */
export const ownColumns = {
  zh: { line: '原表行号', verdict: '处理结果', why: '原因' },
  en: { line: 'Line in the list', verdict: 'Result', why: 'Reason' },
} as const

const ofOwnColumns = new Set(
  Object.values(ownColumns).flatMap((words) => Object.values(words).map(plainHeading)),
)

/** Whether a heading is that of a column which the error sheet adds. */
export const isOwnColumn = (heading: string): boolean => ofOwnColumns.has(plainHeading(heading))

/** The headings of the sheet that explains the columns of a template. */
export const helpColumns = { zh: ['列', '填法', '示例'], en: ['Column', 'How', 'Example'] } as const

/** Whether a sheet is the one that explains a template: nobody wrote it, so nobody is asked about it. */
export const isHelpSheet = ({ rows: [first] }: Pick<Sheet, 'rows'>): boolean => {
  const texts = (first?.cells ?? []).map((cell) => textOf(cell)).join()
  return Object.values(helpColumns).some((columns) => columns.join() === texts)
}
