/**
 * Prevents guessing numbers by lists with many tries: see "Numbers cannot be guessed" in the README of organisation.
 */
import {
  type NumberTry,
  type PersonMatch,
  personSubject,
  rangesOf,
  triedHash,
  tryOn,
} from '#modules/organisation/index.ts'
import type { LookUpBudget } from '../../gate.ts'
import { inTurns } from '../../turns.ts'
import { refuse } from '../refusals.ts'
import type { Statement } from '../statements.ts'
import { claimsOf } from './claims.ts'
import type { Comparison } from './known-numbers.ts'
import { type PeopleContext, peopleTried } from './people-tried.ts'
import { sameMaskIn } from './same-mask.ts'

interface Withholding extends PeopleContext {
  lookUpBudget: LookUpBudget
}

/**
 * Refuses the rows that try more numbers on one person than the daily budget allows, right ones and wrong ones alike, so
 * that the result reveals nothing about the person's numbers. Rows with only known numbers use no budget.
 */
export async function withholdTried(
  stated: readonly Statement[],
  matches: ReadonlyMap<Statement, PersonMatch>,
  context: Withholding,
): Promise<void> {
  const claims = await claimsOf(stated, matches)
  const known = await peopleTried(claims, context)
  const comparisons: Comparison[] = []
  await inTurns(claims, (claim) => comparisons.push(...known.comparisonsFor(claim)))
  const peopleWithNewNumbers = new Set(
    comparisons.filter(({ equal }) => !equal).map(({ personId }) => personId),
  )
  const sameMask = context.reach.everything ? [] : await sameMaskIn(claims)
  if (peopleWithNewNumbers.size === 0 && sameMask.length === 0 && !(await context.lookUpBudget.spent()))
    return
  comparisons.sort((a, b) => ordinalOf(a) - ordinalOf(b))
  const tries: NumberTry[] = []
  await inTurns(comparisons, ({ tried, personId, equal, near }) => {
    const ranges = equal || near ? rangesOf(context.keys, tried) : []
    const subjects = [personSubject(personId), ...ranges]
    tries.push({
      number: triedHash(context.keys, tried),
      subjects,
      asksOnly: !peopleWithNewNumbers.has(personId),
    })
  })
  for (const { tried } of sameMask) tries.push(tryOn(context.keys, tried, []))
  const allowed = await context.lookUpBudget.spend(tries)
  const exhausted = new Set(comparisons.filter((_, at) => !allowed[at]).map(({ personId }) => personId))
  const withheld = new Set(
    comparisons.filter(({ personId }) => exhausted.has(personId)).map(({ claim }) => claim.statement.judging),
  )
  for (const [at, { claim }] of sameMask.entries())
    if (!allowed[comparisons.length + at]) withheld.add(claim.statement.judging)
  for (const judging of withheld) refuse(judging, 'name', 'numbers.exhausted')
}

const ordinalOf = ({ claim }: Comparison) => claim.statement.judging.row.ordinal
