import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import {
  assertTeamsWithin,
  assertUnitWithin,
  confirmAlias,
  searchNameOf,
  unitsWithin,
} from '#modules/organisation/index.ts'
import { persons, units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import type { Decisions } from '../contract.ts'
import { envelopeOf } from '../data-key.ts'
import type { Envelope } from '../envelope.ts'
import { reachFor } from '../gate.ts'
import type { SheetRegister } from '../judge/register.ts'
import type { Question } from '../judge/verdicts.ts'
import type { SheetReading } from '../read/staged.ts'
import { type ImportRow, importDecisions, importSheets, imports, type StoredAnswer } from '../schema.ts'
import { choices, type DecisionKind } from '../words.ts'

interface Deciding {
  tx: Writer
  row: ImportRow
  envelope: Envelope
  by: Actor
  at: DateTime
}

/**
 * Stores the answers to questions of an import, and has the rows judged again. If the user who answers may edit the unit,
 * its name in the list is stored as an alias; otherwise the answer applies to this import only.
 * @throws DomainError `import.not_judged`, `decision.missing`, `decision.not_possible`, `unit.missing`,
 *   `team.missing`, `person.missing`, `alias.taken`
 */
export async function decide(
  tx: Writer,
  {
    row,
    keys,
    registers,
    decisions,
    by,
    at,
  }: {
    row: ImportRow
    keys: KeyRing
    registers: readonly SheetRegister[]
    decisions: Decisions
    by: Actor
    at: DateTime
  },
): Promise<void> {
  await judgeAnew(tx, { row, registers, by })
  const deciding: Deciding = { tx, row, envelope: envelopeOf(keys, row), by, at }
  const asked = await tx.select().from(importDecisions).where(eq(importDecisions.importId, row.id))
  const byId = new Map(asked.map((decision) => [decision.id, decision]))
  for (const { decisionId, ...answer } of decisions.decisions) {
    const decision = byId.get(decisionId)
    if (!decision)
      throw new DomainError('missing', 'decision.missing', 'This import does not ask that.', { decisionId })
    await settle(deciding, decision, answer)
    byId.delete(decisionId)
  }
  for (const decision of byId.values()) {
    const answer = decisions.others?.[decision.kind as keyof NonNullable<Decisions['others']>]
    if (!answer || decision.answer) continue
    const { mayCreate } = deciding.envelope.open<Question>(decision.question, `question/${decision.id}`)
    if (answer === 'skip' || mayCreate)
      await settle(deciding, decision, { answer: answer as 'create' | 'skip' })
  }
  await record(tx, {
    action: 'import.decided',
    subject: `import:${row.id}`,
    by,
    at,
    details: { decisions: decisions.decisions.length },
  })
}

/** Only while the import is not being committed. @throws DomainError `import.not_judged` */
export async function judgeAnew(
  tx: Writer,
  { row, registers, by }: { row: ImportRow; registers: readonly SheetRegister[]; by: Actor },
): Promise<void> {
  const taken = await tx
    .update(imports)
    .set({
      state: 'judging',
      reach: reachFor(row, by, registers),
      failure: null,
      progress: { phase: 'judging', done: 0, total: 0 },
    })
    .where(and(eq(imports.id, row.id), eq(imports.state, 'judged')))
    .returning({ id: imports.id })
  if (taken.length === 0) {
    throw new DomainError('conflict', 'import.not_judged', 'This import is not open for changes now.', {
      state: row.state,
    })
  }
  await enqueue(tx, 'imports.judge', { importId: row.id }, { key: row.id })
}

type DecisionRow = typeof importDecisions.$inferSelect

async function settle(deciding: Deciding, decision: DecisionRow, answer: StoredAnswer): Promise<void> {
  const { tx, envelope, by, at } = deciding
  const question = envelope.open<Question>(decision.question, `question/${decision.id}`)
  if (answer.answer === 'create' && !question.mayCreate) {
    throw new DomainError('invalid', 'decision.not_possible', 'A new one cannot be made of this.', {
      decisionId: decision.id,
    })
  }
  if (answer.answer === 'use' && choices.has(decision.kind))
    await choose(deciding, decision, question, answer)
  else if (answer.answer === 'use') await checkUse(deciding, decision.kind, question, answer.id)
  if (answer.answer === 'create' && answer.parentId) {
    await assertUnitWithin(tx, reachOf(by, 'units.edit'), answer.parentId)
  }
  await tx
    .update(importDecisions)
    .set({ answer, decidedBy: by.userId, decidedAt: at })
    .where(eq(importDecisions.id, decision.id))
}

/** Applies one of the proposed alternatives; for a reading, the sheet is read again in that way. */
async function choose(
  { tx, envelope }: Deciding,
  { kind }: DecisionRow,
  { proposals, sheetId }: Question,
  { choice }: StoredAnswer,
): Promise<void> {
  if (!proposals.some(({ id }) => id === choice))
    throw new DomainError('invalid', 'decision.not_possible', 'Say which of the proposals it is.')
  if (kind !== 'sheet' || sheetId === undefined) return
  const [sheet] = await tx.select().from(importSheets).where(eq(importSheets.id, sheetId))
  if (!sheet) return
  const reading = envelope.open<SheetReading>(sheet.reading, `sheet/${sheetId}`)
  const layout = reading.readings[Number(choice)] ?? reading.layout
  const fresh: SheetReading = { ...reading, layout, doubt: null, readings: [], corrected: true }
  const sealed = envelope.seal(fresh, `sheet/${sheetId}`)
  await tx
    .update(importSheets)
    .set({ list: layout.list, reading: sealed })
    .where(eq(importSheets.id, sheetId))
}

async function checkUse(
  { tx, by, at }: Deciding,
  kind: DecisionKind,
  question: Question,
  id: string | undefined,
): Promise<void> {
  const reach = reachOf(by, 'imports.run')
  if (!id) throw new DomainError('invalid', 'decision.not_possible', 'Say which one it is.')
  if (kind === 'unit') {
    await assertUnitWithin(tx, reach, id)
    await remember(tx, question.name, id, { by, at })
  } else if (kind === 'team') await assertTeamsWithin(tx, reach, [id])
  else if (kind === 'person' && !question.proposals.some((proposal) => proposal.id === id)) {
    const found = reach.everything
      ? await tx
          .select({ id: persons.id })
          .from(persons)
          .where(and(eq(persons.id, id), isNull(persons.mergedIntoId)))
      : []
    if (found.length === 0)
      throw new DomainError('missing', 'person.missing', 'There is no such person.', { personId: id })
  }
}

/**
 * Stores the name as an alias, if the user may edit the unit. A name that is already the name of another editable unit
 * is not stored.
 */
async function remember(
  tx: Writer,
  name: string,
  unitId: string,
  { by, at }: { by: Actor; at: DateTime },
): Promise<void> {
  const searchName = searchNameOf(name)
  if (searchName === '') return
  if (!may(by, 'units.edit')) return
  const editable = unitsWithin(reachOf(by, 'units.edit'))
  const [mine] = await tx
    .select({ id: units.id })
    .from(units)
    .where(and(eq(units.id, unitId), editable))
  const own = await tx
    .select({ id: units.id })
    .from(units)
    .where(and(eq(units.searchName, searchName), editable))
  if (mine && own.length === 0) await confirmAlias(tx, { unitId, alias: name, by, at })
}
