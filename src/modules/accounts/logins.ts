import { createHash } from 'node:crypto'
import { inArray } from 'drizzle-orm'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { users } from './schema.ts'

/** Mandarin syllables that are clear on the telephone and contain no ambiguous letters. */
const syllables =
  'ba bei bo bu cha chu da de du fa fei fu ge gu ha he hu ka ke ku ma mei mo mu na nu pa pu ra re ru sa se shu su ta te tu wa wu ya ye yu za ze zhu zu'.split(
    ' ',
  )
/** Without 0 and 1, which look like letters. */
const digits = '23456789'

/** A login of three syllables and three digits (about 50 million combinations). Each round gives another one. */
function loginOf(volunteerNumber: string, round: number): string {
  const bytes = createHash('sha256').update(`login ${volunteerNumber} ${round}`).digest()
  const pick = (from: ArrayLike<string>, at: number) => from[bytes.readUInt16BE(at * 2) % from.length]
  const word = [0, 1, 2].map((at) => pick(syllables, at)).join('')
  return `${word}-${[3, 4, 5].map((at) => pick(digits, at)).join('')}`
}

/**
 * Logins for people who did not choose one, easy to read aloud and to type: `meifuta-527`. They reveal neither name nor
 * number and are unique. One statement for every 500 people; a second round is rare.
 */
export async function freeLogins(
  db: Reader,
  people: readonly { id: string; volunteerNumber: string }[],
): Promise<ReadonlyMap<string, string>> {
  const logins = new Map<string, string>()
  for (let round = 0, waiting = people; waiting.length > 0; round++) {
    const wished = new Map(waiting.map(({ id, volunteerNumber }) => [id, loginOf(volunteerNumber, round)]))
    const taken = new Set(logins.values())
    await inChunks([...new Set(wished.values())], 500, async (some) => {
      const rows = await db.select({ login: users.login }).from(users).where(inArray(users.login, some))
      for (const { login } of rows) taken.add(login)
    })
    for (const [id, login] of wished) {
      if (taken.has(login)) continue
      taken.add(login)
      logins.set(id, login)
    }
    waiting = waiting.filter(({ id }) => !logins.has(id))
  }
  return logins
}
