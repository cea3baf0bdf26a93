import type { UnitInput } from '../changes.ts'
import { searchNameOf } from '../names.ts'
import { type Entry, headingOf } from './entries.ts'
import type { Field } from './fields.ts'
import type { Questions } from './questions.ts'
import type { Reason } from './reasons.ts'
import type { Statements } from './statements.ts'
import type { KnownUnit, UnitBook } from './unit-book.ts'
import { type DataRow, isNew, type Judging, type Plan, type Ref } from './verdicts.ts'

/** Names of districts as lists write them, by their compared form. */
export type Districts = ReadonlyMap<string, string>

export interface UnitsContext {
  book: UnitBook
  questions: Questions
  plan: Plan
  districts: Districts
  statements: Statements
  /** Which unit an alias stands for already. */
  aliasOwner: (alias: string) => Ref | undefined
}

/** Records a problem of one field of a row. */
export function refuse(
  judging: Judging,
  field: Field | null,
  reason: Reason,
  about?: { value?: string; row?: DataRow },
): void {
  const column = field === null ? null : headingOf(judging.row.sheet.reading.layout.columns, field)
  judging.problems.push({
    column,
    field,
    value: about?.value ?? null,
    reason,
    ...(about?.row ? { line: about.row.line } : {}),
  })
}

/** A district's code: as it is written, or by the name of a district that is known. */
export function districtCodeOf(text: string, districts: Districts): string | undefined {
  if (/^\d{2,12}$/.test(text)) return text
  return (
    districts.get(searchNameOf(text)) ??
    districts.get(searchNameOf(`${text}区`)) ??
    districts.get(searchNameOf(`${text}县`))
  )
}

interface Listed {
  judging: Judging
  ref: Ref
  input: UnitInput
}

/** Judges the rows of lists of units. A child may stand above its parent, so parents are looked at last. */
export function judgeUnits(rows: readonly Judging[], context: UnitsContext): void {
  const listed = new Map<Ref, Listed>()
  const mine: Listed[] = []
  for (const judging of rows) {
    const { unit } = judging.row.entry
    if (!judging.open && unit !== undefined) context.book.block(unit, judging)
  }
  for (const judging of rows) {
    if (!judging.open) continue
    const one = listUnit(judging, context, listed)
    if (one) mine.push(one)
  }
  for (const one of mine) {
    placeUnit(one, context)
    refuseCircle(one, context)
  }
  for (const one of mine) {
    // Even a row that is not taken any more has named its unit to others: the next look will know.
    one.judging.contributed = true
    if (one.judging.open) planUnit(one, context)
  }
}

/** A row whose unit or team stands in a row that is not taken waits for the same, or is refused with it. */
export function goWith(judging: Judging, blocked: Judging, field: Field): void {
  if (blocked.waitsFor.length > 0 && blocked.problems.length === 0) judging.waitsFor.push(...blocked.waitsFor)
  else if (blocked.skipped) judging.skipped = true
  else refuse(judging, field, 'unit.not_taken', { row: blocked.row })
}

/** Which unit the row is about; a name that only differs by its city or brackets is asked about. */
function listUnit(judging: Judging, context: UnitsContext, listed: Map<Ref, Listed>): Listed | undefined {
  const { entry } = judging.row
  const name = entry.unit as string
  const ref = unitOf(judging, name, context)
  if (ref === undefined) return undefined
  const earlier = listed.get(ref)
  if (earlier) {
    judging.repeats(earlier.judging.row)
    if (JSON.stringify(entry) === JSON.stringify(earlier.judging.row.entry)) judging.outcome = 'duplicate'
    else refuse(judging, 'unit', 'row.contradicts', { row: earlier.judging.row })
    return undefined
  }
  const one = { judging, ref, input: inputOf(entry, name) }
  listed.set(ref, one)
  if (entry.district === undefined) return one
  const code = districtCodeOf(entry.district, context.districts)
  if (code === undefined) refuse(judging, 'district', 'district.unknown', { value: entry.district })
  else one.input.districtCode = code
  return one
}

function inputOf(entry: Entry, name: string): UnitInput {
  const { unitKind, system, honourTitle, staffCount } = entry
  return { name, kind: unitKind, system, honourTitle, staffCount }
}

function unitOf(judging: Judging, name: string, { book, questions }: UnitsContext): Ref | undefined {
  const direct = book.direct(name)
  if (direct === 'closed') {
    refuse(judging, 'unit', 'unit.closed', { value: name })
    return undefined
  }
  if (direct !== undefined && direct !== 'several') return direct
  const twins = direct === 'several' || book.twinOf(name) !== undefined
  const found = book.resolve(name)
  if ('unit' in found) return found.unit
  if ('skip' in found) {
    judging.skipped = true
    return undefined
  }
  if ('blocked' in found) {
    goWith(judging, found.blocked, 'unit')
    return undefined
  }
  if (!twins) return book.add({ name, parent: null, districtCode: null, listed: true })
  questions.ask(judging, {
    kind: 'unit',
    topic: book.topicOf(name),
    name,
    within: null,
    mayCreate: direct !== 'several',
    propose: () => book.proposals(name),
  })
  return undefined
}

/** Finds the parent and checks that the import may touch the unit. */
function placeUnit({ judging, ref }: Listed, { book, questions }: UnitsContext): void {
  const { parent } = judging.row.entry
  const added = book.added(ref)
  if (parent !== undefined) {
    const found = book.resolve(parent)
    if ('closed' in found) refuse(judging, 'parent', 'unit.closed', { value: parent })
    else if ('skip' in found) judging.skipped = true
    else if ('blocked' in found) goWith(judging, found.blocked, 'parent')
    else if ('ask' in found) {
      questions.ask(judging, {
        kind: 'unit',
        topic: book.topicOf(parent),
        name: parent,
        within: null,
        mayCreate: true,
        propose: () => book.proposals(parent),
      })
    } else if (added) added.parent = found.unit
    else if (book.known(ref)?.parentId !== found.unit) judging.remarks.push('parent.kept')
  }
  if (judging.open && !book.reaches(ref))
    refuse(judging, 'unit', 'unit.out_of_reach', { value: book.nameOf(ref) })
}

function refuseCircle({ judging, ref }: Listed, { book }: UnitsContext): void {
  const seen = new Set<Ref>()
  for (let at: Ref | null = ref; at !== null && isNew(at); at = book.added(at)?.parent ?? null) {
    if (seen.has(at)) {
      refuse(judging, 'parent', 'unit.own_parent', { value: judging.row.entry.parent })
      return
    }
    seen.add(at)
  }
}

const columns = ['kind', 'districtCode', 'system', 'honourTitle', 'staffCount'] as const

function changesOf(known: KnownUnit, input: UnitInput): string[] {
  return columns.filter((column) => input[column] !== undefined && input[column] !== known[column])
}

function planUnit({ judging, ref, input }: Listed, context: UnitsContext): void {
  const { book, plan } = context
  const known = book.known(ref)
  if (known) {
    // An alias names the unit; it does not rename it.
    const renamed = searchNameOf(input.name) === known.searchName ? input.name : known.name
    const changes = changesOf(known, input)
    if (renamed !== known.name) changes.push('name')
    if (changes.length > 0)
      plan.units.push({ ref, input: { ...input, id: ref, name: renamed }, parent: null })
    for (const change of changes) judging.changes.add(change)
    judging.target = { kind: 'unit', id: ref }
    judging.outcome = changes.length > 0 ? 'update' : 'unchanged'
  } else {
    plan.units.push({ ref, input, parent: book.added(ref)?.parent ?? null })
    judging.outcome = 'new'
  }
  planAliases(judging, ref, context)
  planOfficers(judging, ref, context)
}

/** The register itself confirms other names; one that stands for another unit is an error. */
function planAliases(judging: Judging, ref: Ref, { book, plan, aliasOwner }: UnitsContext): void {
  for (const alias of judging.row.entry.aliases ?? []) {
    if (searchNameOf(alias) === '' || searchNameOf(alias) === searchNameOf(book.nameOf(ref))) continue
    const owner = aliasOwner(alias)
    const planned = plan.aliases.find((each) => searchNameOf(each.alias) === searchNameOf(alias))?.unit
    if ((owner ?? planned ?? ref) !== ref) {
      refuse(judging, 'aliases', 'alias.taken', { value: alias })
      continue
    }
    if (owner !== undefined || planned !== undefined) continue
    plan.aliases.push({ unit: ref, alias })
    judging.raise('aliases')
  }
}

function planOfficers(judging: Judging, ref: Ref, { book, plan, statements }: UnitsContext): void {
  const { liaison, liaisonPhone, leader, leaderPhone } = judging.row.entry
  const known = book.known(ref)
  for (const [name, phones, as] of [
    [liaison, liaisonPhone, 'liaisonPersonId'],
    [leader, leaderPhone, 'leaderPersonId'],
  ] as const) {
    if (name === undefined) continue
    const field = as === 'liaisonPersonId' ? 'liaison' : 'leader'
    statements.add({
      judging,
      as: field,
      unit: ref,
      knownAs: known?.[as] ?? null,
      input: { name, contacts: (phones ?? []).map((value) => ({ kind: 'phone', value })) },
      memberships: [],
      settle: (person) => {
        if (known?.[as] === person) return
        plan.unitPersons.push({ unit: ref, name: book.nameOf(ref), as, person })
        judging.raise(field)
      },
    })
  }
}
