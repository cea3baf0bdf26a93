import { type PersonMatch, searchNameOf } from '#modules/organisation/index.ts'
import { inTurns } from '../../turns.ts'
import type { Statement } from '../statements.ts'

/** A statement that gives numbers. */
export interface Claim {
  statement: Statement
  searchName: string
  match: PersonMatch | undefined
}

/** The statements of open rows that give numbers. */
export async function claimsOf(
  stated: readonly Statement[],
  matches: ReadonlyMap<Statement, PersonMatch>,
): Promise<Claim[]> {
  const claims: Claim[] = []
  await inTurns(stated, (statement) => {
    const { judging, input } = statement
    const { name, contacts: given = [], identityNumber, birthDate } = input
    if (!judging.open || !(given.length > 0 || identityNumber || birthDate)) return
    claims.push({ statement, searchName: searchNameOf(name), match: matches.get(statement) })
  })
  return claims
}

/** The people whom a claim matched. */
export function foundBy(match: PersonMatch | undefined): string[] {
  if (match?.found === 'one') return [match.personId]
  return match?.found === 'unsure' ? match.personIds : []
}
