import { and, eq, inArray, isNotNull, lt } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { raiseAttention } from '#platform/attention/index.ts'
import { record } from '#platform/audit/index.ts'
import { afterCommit, inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { may, type Reach } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { numberTries, teams } from '../schema.ts'
import type { NumberTry } from './number-tries.ts'

/** Daily budget: how many different numbers one user, or one part of the organisation, may try on one subject. */
export const triesPerDay = 10
/** Look-ups per minute for a user who may not see full numbers. */
export const lookUpsPerMinute = 30

/** The kinds of operation that reveal something about a typed number. */
export type Via = 'look_up' | 'last_four' | 'revelation' | 'entry' | 'correction' | 'contact' | 'import'

export interface Spending {
  via: Via
  by: { userId: string; address?: string | null }
  /**
   * The scopes of the role that is used. The budgets of its units and districts are used too, so that more accounts
   * do not mean more budget.
   */
  reach: Reach
  /** The calendar day in the time zone of the service. */
  today: string
  at: DateTime
  /** The numbers of one import are recorded as one line in the audit trail. */
  importId?: string
  /** Called once for each budget that is used up, after the commit. */
  alarm(fact: { via: Via; userId: string; budgets: number }): void
}

interface Cell {
  spender: string
  subject: string
  number: string
}

const keyOf = ({ spender, subject }: Omit<Cell, 'number'>) => `${spender} ${subject}`

/**
 * Counts numbers against the budgets before they are tried. Returns for each of `tries`, in order, whether it is allowed. Each user and
 * each part of the organisation they act for may try ten different numbers on one subject per day; a number tried
 * already is free. A refusal is the same for a right and a wrong number. Each slot of a budget is a unique key, so
 * concurrent requests cannot exceed it on either engine. Commit what was counted even if the operation is refused. One
 * select for every 500 subjects and one insert for every 1,000 tries.
 */
export async function spendLookups(
  tx: Writer,
  spending: Spending,
  tries: readonly NumberTry[],
): Promise<boolean[]> {
  if (tries.length === 0) return []
  const spenders = await spendersOf(tx, spending)
  let allowed: boolean[] = []
  // A concurrent request took the same slot: read again. Serializable transactions are retried as a whole and never
  // reach a second round.
  for (let again = 0; again < 5; again++) {
    const known = await triesSoFar(tx, spending.today, spenders, tries)
    const { answers, cells } = decide(known, spenders, tries)
    allowed = answers
    if (await take(tx, spending, cells)) break
    allowed = tries.map(() => false)
  }
  await recordTries(tx, spending, spenders, { tries, allowed })
  return allowed
}

/** Whether any budget of this user, or of the units and districts they act for, is used up today. */
export async function anySpent(db: Reader, spending: Spending): Promise<boolean> {
  const full = and(
    eq(numberTries.period, spending.today),
    inArray(numberTries.spender, await spendersOf(db, spending)),
    eq(numberTries.slot, triesPerDay - 1),
  )
  return (await db.$count(numberTries, full)) > 0
}

/** Whose budgets are used: the user's, and those of `partsOf`. */
async function spendersOf(db: Reader, { by, reach }: Spending): Promise<string[]> {
  return [`user:${by.userId}`, ...(await partsOf(db, reach))]
}

/**
 * The units and districts a reach is over, as they pay for a budget. A team counts as its unit, which appointed the
 * leader.
 */
export async function partsOf(db: Reader, reach: Reach): Promise<string[]> {
  if (reach.everything) return []
  const paths = [...reach.paths, ...(reach.parts ?? []).map(({ path }) => path)]
  const unitIds = new Set(paths.flatMap((path) => path.split('/').at(-2) ?? []))
  await inChunks(reach.ids, 500, async (ids) => {
    const rows = await db
      .select({ unitId: teams.unitId })
      .from(teams)
      .where(and(inArray(teams.id, ids), isNotNull(teams.unitId)))
    for (const { unitId } of rows) unitIds.add(unitId as string)
  })
  return [...[...unitIds].map((id) => `unit:${id}`), ...reach.codes.map((code) => `district:${code}`)]
}

async function triesSoFar(
  db: Reader,
  period: string,
  spenders: readonly string[],
  tries: readonly NumberTry[],
): Promise<Map<string, Set<string>>> {
  const known = new Map<string, Set<string>>()
  await inChunks([...new Set(tries.flatMap(({ subjects }) => subjects))], 500, async (subjects) => {
    const rows = await db
      .select({ spender: numberTries.spender, subject: numberTries.subject, number: numberTries.number })
      .from(numberTries)
      .where(
        and(
          eq(numberTries.period, period),
          inArray(numberTries.spender, [...spenders]),
          inArray(numberTries.subject, subjects),
          lt(numberTries.slot, triesPerDay),
        ),
      )
    for (const row of rows) {
      const key = keyOf(row)
      known.set(key, (known.get(key) ?? new Set()).add(row.number))
    }
  })
  return known
}

function decide(
  known: ReadonlyMap<string, ReadonlySet<string>>,
  spenders: readonly string[],
  tries: readonly NumberTry[],
): { answers: boolean[]; cells: (Cell & { slot: number })[] } {
  const tried = new Map([...known].map(([key, numbers]) => [key, new Set(numbers)]))
  const cells: (Cell & { slot: number })[] = []
  const answers = tries.map(({ subjects, number, asksOnly }) => {
    const fresh = spenders.flatMap((spender) =>
      subjects
        .map((subject) => ({ spender, subject, number }))
        .filter((cell) => !tried.get(keyOf(cell))?.has(number)),
    )
    if (fresh.some((cell) => (tried.get(keyOf(cell))?.size ?? 0) >= triesPerDay)) return false
    for (const cell of asksOnly ? [] : fresh) {
      const numbers = tried.get(keyOf(cell)) ?? new Set()
      tried.set(keyOf(cell), numbers)
      cells.push({ ...cell, slot: numbers.size })
      numbers.add(number)
    }
    return true
  })
  return { answers, cells }
}

/** Takes the slots. Returns whether all of them were still free. */
async function take(
  tx: Writer,
  { today, at }: Spending,
  cells: readonly (Cell & { slot: number })[],
): Promise<boolean> {
  let taken = 0
  await inChunks(cells, 1000, async (some) => {
    const rows = some.map((cell) => ({ id: newId(), period: today, at, ...cell }))
    const written = await tx
      .insert(numberTries)
      .values(rows)
      .onConflictDoNothing()
      .returning({ id: numberTries.id })
    taken += written.length
  })
  return taken === cells.length
}

/** Records the tries in the audit trail; a budget that is used up is recorded once, and raises an alarm. */
async function recordTries(
  tx: Writer,
  { via, by, today, at, importId, alarm }: Spending,
  spenders: readonly string[],
  { tries, allowed }: { tries: readonly NumberTry[]; allowed: readonly boolean[] },
): Promise<void> {
  const paying = tries.filter(({ asksOnly }) => !asksOnly)
  const refused = tries.filter((_, n) => !allowed[n])
  const people = (some: readonly NumberTry[]) =>
    new Set(some.flatMap(({ subjects }) => subjects.filter((subject) => subject.startsWith('person:'))))
  const whom = [...people(tries)]
  const subject =
    importId === undefined
      ? ((whom.length === 1 ? whom[0] : undefined) ?? `user:${by.userId}`)
      : `import:${importId}`
  // A revelation has its own audit entry, and a number known already is not a try.
  if (refused.length > 0 || (paying.length > 0 && via !== 'revelation')) {
    const details = {
      via,
      numbers: new Set(paying.map(({ number }) => number)).size,
      refused: refused.length,
    }
    await record(tx, { action: 'numbers.tried', subject, by, at, details })
  }
  if (refused.length === 0) return
  const subjects = new Set(refused.flatMap((each) => each.subjects))
  const raised: string[] = []
  await inChunks([...subjects], 1000, async (some) => {
    const marks = some.map((each) => ({
      ...{ id: newId(), period: today, spender: spenders[0]!, subject: each, number: 'alarm' },
      ...{ slot: triesPerDay, at },
    }))
    const fresh = await tx
      .insert(numberTries)
      .values(marks)
      .onConflictDoNothing()
      .returning({ subject: numberTries.subject })
    raised.push(...fresh.map((row) => row.subject))
  })
  if (raised.length === 0) return
  afterCommit(tx, () => alarm({ via, userId: by.userId, budgets: raised.length }))
  const about = raised.filter((each) => each.startsWith('person:'))
  const fact = (each: string) => ({ action: 'lookups.exhausted', subject: each, by, at, details: { via } })
  const [first = subject, ...others] = about
  await raiseAttention(tx, [fact(first), ...others.map(fact)], `user:${by.userId}`)
}

/**
 * Counts one look-up of this minute, for a user who may not see full numbers everywhere they see people.
 * @returns false when the limit of the minute is exceeded
 */
export async function spendMinute(
  tx: Writer,
  userId: string,
  minute: string,
  at: DateTime,
): Promise<boolean> {
  const mine = { period: minute, spender: `user:${userId}`, subject: 'look-ups' }
  for (let again = 0; again < 5; again++) {
    const slot = await tx.$count(
      numberTries,
      and(
        eq(numberTries.period, minute),
        eq(numberTries.spender, mine.spender),
        eq(numberTries.subject, mine.subject),
      ),
    )
    if (slot >= lookUpsPerMinute) return false
    const row = { id: newId(), ...mine, number: newId(), slot, at }
    const taken = await tx
      .insert(numberTries)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: numberTries.id })
    if (taken.length > 0) return true
  }
  return false
}

/** Whether somebody may see full numbers (audited) wherever they see people. Such a user gains nothing by guessing. */
export function seesNumbers(by: Parameters<typeof may>[0]): boolean {
  return (
    may(by, 'persons.reveal') &&
    by.grants.every(
      ({ permissions }) => !permissions.has('persons.read') || permissions.has('persons.reveal'),
    )
  )
}

/** Deletes tries from before yesterday. */
export async function forgetTries(tx: Writer, at: DateTime): Promise<void> {
  await tx.delete(numberTries).where(lt(numberTries.at, at.minus({ days: 2 })))
}
