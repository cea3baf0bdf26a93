import { searchNameOf, type UnitInput } from '#modules/organisation/index.ts'
import type { Entry } from '../read/entry.ts'
import { districtCodeOf } from './districts.ts'
import { goWith, putAside, refuse } from './refusals.ts'
import type { Scene } from './scene.ts'
import type { KnownUnit } from './unit-book.ts'
import { isNew, type Judging, type Ref, type UnitsPlan } from './verdicts.ts'

interface Listed {
  judging: Judging
  ref: Ref
  input: UnitInput
}

/**
 * Judges the rows of lists of units. A child may come before its parent in the list, so parents are resolved last. Without
 * the permission to edit units the rows are skipped, together with the liaisons and leaders that they name.
 */
export function judgeUnits(rows: readonly Judging[], scene: Scene): UnitsPlan {
  const plan: UnitsPlan = { units: [], aliases: [] }
  const listed = new Map<Ref, Listed>()
  const mine: Listed[] = []
  if (!scene.gate.writes('units')) {
    putAside(rows, 'units.not_permitted')
    return plan
  }
  for (const judging of rows) {
    const { unit } = judging.row.entry
    if (!judging.open && unit !== undefined) scene.book.block(unit, judging)
  }
  for (const judging of rows) {
    if (!judging.open) continue
    const one = listUnit(judging, scene, listed)
    if (one) mine.push(one)
  }
  for (const one of mine) placeUnit(one, scene)
  for (const one of mine) {
    refuseCircle(one, scene)
    checkReach(one, scene)
  }
  for (const one of mine) {
    // Other rows may already refer to the unit of a row that is refused now: the next pass takes that into account.
    one.judging.contributed = true
    if (one.judging.open) planUnit(one, plan, scene)
  }
  return plan
}

/** The unit of the row; a name that differs from a known one only by city or brackets is asked about. */
function listUnit(judging: Judging, scene: Scene, listed: Map<Ref, Listed>): Listed | undefined {
  const { entry } = judging.row
  const name = entry.unit as string
  const ref = unitOf(judging, name, scene)
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
  const code = districtCodeOf(entry.district, scene.districts)
  if (code === undefined) refuse(judging, 'district', 'district.unknown', { value: entry.district })
  else {
    one.input.districtCode = code
    const added = scene.book.added(ref)
    if (added) added.districtCode = code
  }
  return one
}

function inputOf(entry: Entry, name: string): UnitInput {
  const { unitKind, system, honourTitle, staffCount } = entry
  return { name, kind: unitKind, system, honourTitle, staffCount }
}

function unitOf(judging: Judging, name: string, { book, questions }: Scene): Ref | undefined {
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

/**
 * Resolves the parent of a new unit. A known unit keeps its parent; if the list says another one, a remark is added.
 */
function placeUnit({ judging, ref }: Listed, { book, questions }: Scene): void {
  const { parent } = judging.row.entry
  const added = book.added(ref)
  if (parent !== undefined) {
    const found = book.resolve(parent)
    if ('closed' in found) refuse(judging, 'parent', 'unit.closed', { value: parent })
    else if ('skip' in found) judging.skipped = true
    else if ('blocked' in found) goWith(judging, found.blocked, 'parent')
    // A list never changes the parent of a known unit, so no question is asked about it.
    else if (!added) {
      if (!('unit' in found) || book.known(ref)?.parentId !== found.unit) judging.remarks.push('parent.kept')
    } else if ('ask' in found) {
      questions.ask(judging, {
        kind: 'unit',
        topic: book.topicOf(parent),
        name: parent,
        within: null,
        mayCreate: true,
        propose: () => book.proposals(parent),
      })
    } else added.parent = found.unit
  }
}

/** A known unit that the importer may see but not edit is skipped; adding or moving a unit out of reach is refused. */
function checkReach({ judging, ref, input }: Listed, { book }: Scene): void {
  if (!judging.open) return
  const known = book.known(ref)
  if (!book.mayEdit(ref)) {
    if (known) putAside([judging], 'units.not_permitted')
    else refuse(judging, 'unit', 'unit.out_of_reach', { value: input.name })
    return
  }
  const { districtCode: to } = input
  if (known && to && to !== known.districtCode && !book.mayMoveTo(ref, to))
    refuse(judging, 'district', 'district.out_of_reach', { value: judging.row.entry.district })
}

function refuseCircle({ judging, ref }: Listed, { book }: Scene): void {
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

function planUnit({ judging, ref, input }: Listed, plan: UnitsPlan, scene: Scene): void {
  const { book } = scene
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
  planAliases(judging, ref, plan, scene)
  stateOfficers(judging, ref, scene)
}

/** Aliases in a register count as confirmed; an alias of another unit is an error. */
function planAliases(judging: Judging, ref: Ref, plan: UnitsPlan, { book, aliasOwner }: Scene): void {
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

function stateOfficers(judging: Judging, ref: Ref, { book, statements, gate }: Scene): void {
  if (!gate.writes('persons')) return
  const { liaison, liaisonPhone, leader, leaderPhone } = judging.row.entry
  const known = book.known(ref)
  for (const [name, phones, as] of [
    [liaison, liaisonPhone, 'liaisonPersonId'],
    [leader, leaderPhone, 'leaderPersonId'],
  ] as const) {
    if (name === undefined) continue
    statements.push({
      judging,
      as: as === 'liaisonPersonId' ? 'liaison' : 'leader',
      unit: ref,
      input: { name, contacts: (phones ?? []).map((value) => ({ kind: 'phone', value })) },
      memberships: [],
      office: { of: 'unit', ref, name: book.nameOf(ref), as, holder: known?.[as] ?? null },
    })
  }
}

/** Adds to the plan the units that answers create and no register lists, if the importer may edit them. */
export function planAnsweredUnits(plan: UnitsPlan, { book }: Scene): void {
  const planned = new Set(plan.units.map(({ ref }) => ref))
  for (const { ref, name, kind, parent, districtCode, listed } of book.allAdded) {
    if (!planned.has(ref) && !listed && book.mayEdit(ref))
      plan.units.push({ ref, parent, input: { name, kind, districtCode } })
  }
}
