import { and, desc, eq } from 'drizzle-orm'
import { isHumanAmong } from '#modules/accounts/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may } from '#platform/http/access.ts'
import { type ActingUser, actingUser } from '../acting-unit.ts'
import { holds } from '../reach.ts'
import { taskMoves } from '../schema.ts'
import type { MoveKind, TaskPart } from '../words.ts'
import { partOf } from './admission-rules.ts'
import { checkingUnit, onOneLine, type UnitOnLine } from './sign-off-rules.ts'
import type { FullTask } from './task-queries.ts'

/** The unit that signs a task off. @throws DomainError conflict `book.nobody_checks` */
export function checkerOf(full: FullTask): UnitOnLine {
  const checker = checkingUnit(full.task.kind, full.unit, full)
  if (checker) return checker
  throw new DomainError('conflict', 'book.nobody_checks', 'Nobody could sign this off.', {
    outlines: [full.task.outline],
  })
}

/** The parts in which somebody may act on a task by their roles; whoever checks must also be of another unit. */
export function partsOf(full: FullTask, reader: Actor): ReadonlySet<TaskPart> {
  const checker = checkingUnit(full.task.kind, full.unit, full)
  const parts: Record<TaskPart, boolean> = {
    reader: true,
    author: true,
    unit: holds(reader, 'tasks.report', full.unit),
    issuer: holds(reader, 'books.edit', full.issuer),
    checker: checker !== null && holds(reader, 'tasks.check', checker),
    office: may(reader, 'tasks.suspend'),
    referee: may(reader, 'tasks.suspend') || (checker !== null && holds(reader, 'tasks.check', checker)),
    service: false,
    counsellor: holds(reader, 'tasks.explain', full.unit),
  }
  return new Set((Object.keys(parts) as TaskPart[]).filter((part) => parts[part]))
}

/**
 * The unit in whose name somebody makes a move.
 * @throws DomainError forbidden `move.not_yours`, `move.own_work`, `move.same_line`, `move.own_finding`; conflict `move.unit_needed`,
 * `book.nobody_checks`
 */
export async function assertPart(
  db: Reader,
  full: FullTask,
  kind: MoveKind,
  by: Actor,
): Promise<string | null> {
  const part = partOf(kind, full.task.kind)
  if (!partsOf(full, by).has(part)) {
    if (part === 'checker') checkerOf(full)
    throw new DomainError('forbidden', 'move.not_yours', 'Somebody else does this.', { part })
  }
  if (part === 'unit') return full.unit.id
  if (part === 'issuer') return full.issuer.id
  const acting = await actingUser(db, by.userId)
  if (part === 'referee') await assertNotFinder(db, full, by, acting)
  if (part !== 'checker') return acting.unit?.id ?? null
  if (full.task.kind === 'appeal') await assertNotFinder(db, full, by, acting)
  await assertAnother(db, full, by, acting)
  return checkerOf(full).id
}

/** Neither who found it nor anybody of their unit decides on a finding, or on an appeal against it. */
async function assertNotFinder(
  db: Reader,
  { task }: FullTask,
  by: Actor,
  { unit }: ActingUser,
): Promise<void> {
  const ofTheirUnit = unit !== null && unit.id === task.foundByUnitId
  if (ofTheirUnit || (await isHumanAmong(db, by.userId, [task.foundByUserId])))
    throw new DomainError('forbidden', 'move.own_finding', 'Whoever found it does not decide on it.')
}

/**
 * Whoever signs off is another human than who reported, and belongs to no unit on the line of the one that owes it: neither
 * by the unit their account names nor by any for which they report themselves.
 */
async function assertAnother(db: Reader, full: FullTask, by: Actor, acting: ActingUser): Promise<void> {
  if (!acting.unit)
    throw new DomainError('conflict', 'move.unit_needed', 'The account does not say for which unit it acts.')
  if ([acting.unit, ...reportsFor(by)].some((unit) => onOneLine(unit, full.unit)))
    throw new DomainError('forbidden', 'move.same_line', 'The checking unit must be on another line.')
  const [reported] = await db
    .select({ userId: taskMoves.byUserId })
    .from(taskMoves)
    .where(and(eq(taskMoves.taskId, full.task.id), eq(taskMoves.kind, 'report')))
    .orderBy(desc(taskMoves.sequence))
    .limit(1)
  if (reported && (await isHumanAmong(db, by.userId, [reported.userId])))
    throw new DomainError('forbidden', 'move.own_work', 'Whoever reported it does not sign it off.')
}

/** The units for which somebody reports by a role of theirs. */
function reportsFor({ grants }: Actor): UnitOnLine[] {
  return grants.flatMap(({ permissions, scope }) => {
    if (!permissions.has('tasks.report') || scope === null || !('path' in scope)) return []
    return { id: scope.path.split('/').at(-2) ?? '', path: scope.path }
  })
}
