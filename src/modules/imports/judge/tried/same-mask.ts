import { statedNumbers, type Tried } from '#modules/organisation/index.ts'
import { maskPhone } from '#platform/crypto/index.ts'
import { inTurns } from '../../turns.ts'
import type { Claim } from './claims.ts'

/** This many numbers with the same mask may occur in one list by chance. */
const byChance = 5

/**
 * Numbers with the same mask that occur more often in a list than by chance, under any names: once written, shared numbers
 * would reveal whose number each one is.
 */
export async function sameMaskIn(claims: readonly Claim[]): Promise<{ claim: Claim; tried: Tried }[]> {
  const behind = new Map<string, { claim: Claim; tried: Tried }[]>()
  await inTurns(claims, (claim) => {
    const { match, statement } = claim
    if (match?.found === 'one' && !match.differs.includes('contacts')) return
    for (const tried of statedNumbers({ contacts: statement.input.contacts })) {
      // Masked e-mail addresses of one office all look alike.
      if (tried.kind !== 'phone') continue
      const mask = maskPhone(tried.value)
      const those = behind.get(mask)
      if (those) those.push({ claim, tried })
      else behind.set(mask, [{ claim, tried }])
    }
  })
  return [...behind.values()]
    .filter((those) => new Set(those.map(({ tried }) => tried.value)).size > byChance)
    .flat()
}
