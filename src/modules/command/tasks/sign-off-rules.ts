/** Who signs a task off (销号): always another person, and never the reporting unit or its line. Pure. */
import type { TaskKind } from '../words.ts'

/** A unit in its tree. */
export interface UnitOnLine {
  id: string
  /** `/root/…/id/`. */
  path: string
}

/** A unit that may sign off; a closed one does so only where nobody else could. */
export interface Signer extends UnitOnLine {
  closedAt?: unknown
}

/** The units that a book offers for signing off. */
export interface Signers<U extends Signer> {
  issuer: U
  /** The lead unit of the body that the task, or its book, belongs to. */
  lead: U | null
  /** Named by the book for tasks that nobody else could sign off. */
  checkUnit: U | null
  /** Ids of the units that are the office of the district of the one that owes it: they check no case there. */
  districtOffices: readonly string[]
}

const depth = (path: string) => path.split('/').length - 2

/**
 * Whether two units are on one line: the same one, or one above the other. The root of the tree is above everybody and
 * is no line.
 */
export function onOneLine(a: UnitOnLine, b: UnitOnLine): boolean {
  if (a.id === b.id) return true
  const [upper, lower] = a.path.length < b.path.length ? [a, b] : [b, a]
  return depth(upper.path) > 1 && lower.path.startsWith(upper.path)
}

/**
 * The unit that signs a task of `unit` off: of an item the body's lead unit, else the issuer; of everything else the
 * issuer; the book's checking unit where that one is on the unit's line. A case is checked by another unit than the office of
 * the district that is responsible. A closed unit comes last: nobody acts for it but who stands above. Null: nobody could.
 */
export function checkingUnit<U extends Signer>(
  kind: TaskKind,
  unit: UnitOnLine,
  signers: Signers<U>,
): U | null {
  const { issuer, lead, checkUnit, districtOffices } = signers
  const candidates = kind === 'item' ? [lead, issuer, checkUnit] : [issuer, checkUnit]
  const fits = (candidate: U | null): candidate is U =>
    candidate !== null &&
    !onOneLine(candidate, unit) &&
    !(kind === 'case' && districtOffices.includes(candidate.id))
  const able = candidates.filter(fits)
  return able.find(({ closedAt }) => !closedAt) ?? able[0] ?? null
}

/**
 * The units that are told of a dispute that nobody decides: who checks the task and who issued it, except the unit that found it.
 * Where that leaves none, the issuer, who finds somebody else for it.
 */
export function decidingUnits<U extends Signer>({
  task,
  unit,
  ...signers
}: Signers<U> & { task: { kind: TaskKind; foundByUnitId: string | null }; unit: UnitOnLine }): string[] {
  const { issuer } = signers
  const ids = [checkingUnit(task.kind, unit, signers)?.id, issuer.id].filter((id) => id !== undefined)
  const others = [...new Set(ids)].filter((id) => id !== task.foundByUnitId)
  return others.length > 0 ? others : [issuer.id]
}
