import { outOfReach } from '#modules/events/index.ts'
import { districtHolds } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Doing, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { bodyRow } from '../bodies/body-queries.ts'
import { assertEditable, editableBook } from '../books/editable-book.ts'
import { taskTemplates } from '../schema.ts'
import { assertUnits } from '../tasks/write-task.ts'
import type { TemplateCreation } from './contract.ts'
import { isDueDay } from './periods.ts'
import { templateRow } from './template-queries.ts'

/**
 * Adds a template to a book. Nothing is owed before it is expanded; a recurring one is expanded by the service, once the
 * book is published.
 * @throws DomainError `book.missing`, `book.closed`, `access.out_of_reach`, `unit.missing`, `body.missing`; invalid
 * `template.unfit`
 */
export async function createTemplate(
  tx: Writer,
  { bookId, input, by, at }: Doing & { bookId: string; input: TemplateCreation },
): Promise<string> {
  await editableBook(tx, bookId, by)
  const { within = {}, cadence = 'once', ...columns } = input
  assertFits(input)
  if (within.unitIds) await assertUnits(tx, by, within.unitIds)
  else assertDistrict(by, within.districtCode)
  if (input.bodyId) await bodyRow(tx, input.bodyId)
  const id = newId()
  await tx.insert(taskTemplates).values({ ...columns, within, cadence, id, bookId, createdAt: at })
  await record(tx, { action: 'template.created', subject: `book:${bookId}`, by, at, details: { id } })
  return id
}

/** Ends a template: nothing more is made of it; what was made stays. @throws DomainError `template.missing`, `version.stale` */
export async function endTemplate(
  tx: Writer,
  { templateId, version, by, at }: Doing & { templateId: string; version: number },
): Promise<void> {
  const { template, full } = await templateRow(tx, templateId, by)
  assertEditable(full.book, full.issuer, by)
  assertVersion(template, version)
  if (template.endedAt) return
  await updateVersioned(tx, taskTemplates, templateId, version, { endedAt: at })
  const details = { id: templateId }
  await record(tx, { action: 'template.ended', subject: `book:${template.bookId}`, by, at, details })
}

/** A scope has what it needs and nothing else, and a cadence a day that there is. */
function assertFits({ scope, within = {}, cadence = 'once', dueDay, dueClass, dueOn }: TemplateCreation) {
  const byUnits = scope === 'once' || scope === 'units'
  const units = new Set(within.unitIds).size
  const wrong =
    (byUnits ? units === 0 || within.level || within.zoneKinds || within.zoneId : within.unitIds) ||
    (scope === 'once' && units !== 1) ||
    (scope === 'responsibilities') !== Boolean(within.level) ||
    [dueDay, dueClass, dueOn].filter(Boolean).length > 1 ||
    (cadence === 'once' ? dueDay : dueOn || !(dueDay || dueClass)) ||
    (dueDay && !isDueDay(cadence, dueDay))
  if (wrong) throw new DomainError('invalid', 'template.unfit', 'Scope, cadence and day do not fit together.')
}

/** The register is expanded over a district that the editor leads; over the whole city by the city office. */
function assertDistrict(by: Actor, districtCode: string | undefined): void {
  const reach = reachOf(by, 'books.edit')
  if (reach.everything) return
  if (!districtCode || !reach.codes.some((code) => districtHolds(code, districtCode))) throw outOfReach()
}
