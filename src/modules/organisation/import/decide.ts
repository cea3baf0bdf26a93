import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { confirmAlias } from '../confirm-alias.ts'
import { searchNameOf } from '../names.ts'
import { persons, units } from '../schema.ts'
import { assertTeamsWithin, assertUnitWithin } from '../scope.ts'
import type { Decisions } from './contract.ts'
import { envelopeOf } from './data-key.ts'
import type { Envelope } from './envelope.ts'
import type { ImportRow } from './judge-import.ts'
import { importDecisions, imports, type StoredAnswer } from './schema.ts'
import type { Question } from './verdicts.ts'
import type { DecisionKind } from './words.ts'

interface Deciding {
  tx: Writer
  row: ImportRow
  envelope: Envelope
  by: Actor
  at: DateTime
}

/**
 * Takes answers to what an import asks, remembers units under the names that lists give them, and has the rows
 * judged again.
 * @throws DomainError `import.not_judged`, `decision.missing`, `decision.not_possible`, `unit.missing`,
 *   `team.missing`, `person.missing`, `alias.taken`
 */
export async function decide(
  tx: Writer,
  {
    row,
    keys,
    decisions,
    by,
    at,
  }: { row: ImportRow; keys: KeyRing; decisions: Decisions; by: Actor; at: DateTime },
): Promise<void> {
  await judgeAnew(tx, row, by)
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
    const answer = decisions.others?.[decision.kind]
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

/** Only while nothing is being written. The reach is that of whoever acts now. @throws DomainError `import.not_judged` */
export async function judgeAnew(tx: Writer, row: ImportRow, by: Actor): Promise<void> {
  const taken = await tx
    .update(imports)
    .set({
      state: 'judging',
      reach: reachOf(by, 'imports.run'),
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
  if (answer.answer === 'use') await checkUse(deciding, decision.kind, question, answer.id)
  if (answer.answer === 'create' && answer.parentId) {
    await assertUnitWithin(tx, reachOf(by, 'imports.run'), answer.parentId)
  }
  await tx
    .update(importDecisions)
    .set({ answer, decidedBy: by.userId, decidedAt: at })
    .where(eq(importDecisions.id, decision.id))
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
  else if (!question.proposals.some((proposal) => proposal.id === id)) {
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

/** Confirmed once, the name is known from now on. A name that units of the same name share stands for none of them. */
async function remember(
  tx: Writer,
  name: string,
  unitId: string,
  { by, at }: { by: Actor; at: DateTime },
): Promise<void> {
  const searchName = searchNameOf(name)
  if (searchName === '') return
  const own = await tx.select({ id: units.id }).from(units).where(eq(units.searchName, searchName))
  if (own.length === 0) await confirmAlias(tx, { unitId, alias: name, by, at })
}
