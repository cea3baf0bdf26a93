import { and, eq, inArray, like } from 'drizzle-orm'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { PreviewedAct } from '#platform/previews/index.ts'
import { dayIn } from '#platform/time.ts'
import type { FullBook } from '../books/book-rows.ts'
import { assertEditable } from '../books/editable-book.ts'
import type { OfficeTime } from '../due-rules.ts'
import { officeTime } from '../office-time.ts'
import { tasks } from '../schema.ts'
import { checkingUnit, type UnitOnLine } from '../tasks/sign-off-rules.ts'
import { stateOf } from '../tasks/task-facts.ts'
import { leadsOf } from '../tasks/task-queries.ts'
import { carryOut, type Found } from './carry-out.ts'
import { expansionOf, type Made } from './expansion-rules.ts'
import { dueDayIn, periodOf } from './periods.ts'
import { type TemplateRow, templateRow } from './template-queries.ts'
import { type Skipped, type Wanted, wantedOf } from './wanted.ts'

/** Tasks that one expansion makes at most. */
const expansionMax = 5000

/**
 * 展开: makes the tasks of a template, for each of its scope, in the present period. What is there already stays; where the
 * bearer changed, the open task is reissued to the new one.
 * @throws DomainError `template.missing`, `template.ended`, `access.out_of_reach`, `book.closed`, `expansion.too_many`;
 * invalid `task.due_past`
 */
export function expandTemplate(config: { timeZone: string }): PreviewedAct<{ templateId: string }, Found> {
  return {
    kind: 'tasks.expand',
    async look(db, { templateId }, { by, at }) {
      const { template, full } = await templateRow(db, templateId, by)
      assertEditable(full.book, full.issuer, by)
      if (template.endedAt) throw new DomainError('conflict', 'template.ended', 'The template has ended.')
      return lookAt(db, template, full, await officeTime(db, config), dayIn(at, config.timeZone))
    },
    async perform(tx, { templateId }, found, { by, at }) {
      await carryOut(tx, found, { by, at })
      return templateId
    },
  }
}

/** What an expansion on this day would do. */
export async function lookAt(
  db: Reader,
  template: TemplateRow,
  full: FullBook,
  office: OfficeTime,
  today: string,
): Promise<Found> {
  const period = periodOf(template.cadence, today)
  const { wanted, skipped } = await wantedOf(db, template, today)
  if (wanted.length > expansionMax)
    throw new DomainError('invalid', 'expansion.too_many', 'Too many at once.', { max: expansionMax })
  const checkable = await whoeverIsChecked(db, template, full, wanted, skipped)
  const expansion = expansionOf(template.id, period, checkable, await madeOf(db, template.id, period))
  const seen = Object.fromEntries(
    [...expansion.make, ...expansion.change].map(({ key, ...each }) => [
      key,
      { unitId: 'wanted' in each ? each.wanted.unitId : each.unitId },
    ]),
  )
  const { dueDay, cadence } = template
  const dueOn = dueDay ? dueDayIn(cadence, dueDay, today) : template.dueOn
  return { ...expansion, seen, template, full, period, dueOn, skipped, office }
}

async function madeOf(db: Reader, templateId: string, period: string): Promise<Made[]> {
  const rows = await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.templateId, templateId), like(tasks.expansionKey, `%|${period}`)))
  return rows.map((row) => {
    const state = stateOf(row)
    return {
      id: row.id,
      expansionKey: row.expansionKey!,
      unitId: row.unitId,
      leaderPersonId: row.leaderPersonId,
      open: state !== 'closed' && state !== 'cancelled',
      held: state === 'reported' || state === 'suspended',
    }
  })
}

/** Those that somebody could sign off; the others are told. */
async function whoeverIsChecked(
  db: Reader,
  { kind, bodyId }: TemplateRow,
  { book, issuer, checkUnit }: FullBook,
  wanted: readonly Wanted[],
  skipped: Skipped[],
): Promise<Wanted[]> {
  const body = bodyId ?? book.bodyId
  const lead: UnitOnLine | null = body ? ((await leadsOf(db, [body])).get(body) ?? null) : null
  const signers = { issuer, lead, checkUnit, districtOffices: [] as string[] }
  const owing = await db
    .select({ id: units.id, name: units.name, path: units.path })
    .from(units)
    .where(inArray(units.id, [...new Set(wanted.map(({ unitId }) => unitId))]))
  const of = new Map(owing.map((unit) => [unit.id, unit]))
  return wanted.filter(({ unitId }) => {
    const unit = of.get(unitId)!
    if (checkingUnit(kind, unit, signers)) return true
    skipped.push({ zone: null, unit: { id: unit.id, name: unit.name }, because: 'expansion.nobody_checks' })
    return false
  })
}
