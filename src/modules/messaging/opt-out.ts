import { and, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { readPhone } from '#modules/organisation/index.ts'
import { contacts } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { markContacts, suppressWaiting } from './contacts.ts'
import { resumeHeldBack } from './resume-held-back.ts'

/** What a reply asks for: to opt out of messages, or to opt in again. */
export type Wish = 'opt_out' | 'opt_in'

const outWords =
  /^(?:T|TD|TUIDING|N退订|N?退订|退訂|拒收|取消订阅|STOP|STOPALL|UNSUBSCRIBE|END|QUIT|CANCEL|REVOKE|OPTOUT)$/
const inWords = /^(?:START|UNSTOP|恢复订阅|重新订阅|恢复接收)$/

/**
 * The meaning of a reply: 退订, STOP, T, TD … (any width and case, also after a signature or 回复) opts out, START opts in.
 * The whole text must be the word: a text that only contains it means nothing.
 */
export function wishIn(text: string): Wish | undefined {
  const word = text
    .normalize('NFKC')
    .replace(/【[^【】]*】|\[[^[\]]*\]/g, '')
    .replace(/[\p{White_Space}\p{P}\p{Cf}]+/gu, '')
    .replace(/^回复/, '')
    .toUpperCase()
  if (outWords.test(word)) return 'opt_out'
  return inWords.test(word) ? 'opt_in' : undefined
}

interface Heard {
  contactId: string
  wish: Wish
  via: 'reply' | 'mail'
  at: DateTime
}

/**
 * Applies a receiver's wish to the contact. An opt-out holds its queued messages back; whoever opts in again is told what was
 * held back and still holds: without that their invitation and their reminder would never come. Idempotent.
 */
export async function honourWish(tx: Writer, { contactId, wish, via, at }: Heard): Promise<void> {
  const out = wish === 'opt_out'
  await markContacts(tx, [contactId], out ? 'opted_out' : 'opted_in', at)
  if (out) await suppressWaiting(tx, contactId, at)
  else await resumeHeldBack(tx, contactId, at)
  const action = out ? 'contact.opted_out' : 'contact.opted_in'
  await record(tx, { action, subject: `contact:${contactId}`, by: 'system', at, details: { via } })
}

/** `honourWish` for every contact with this number. An unknown number is ignored. */
export async function honourNumber(
  tx: Writer,
  { keys, number, wish, at }: { keys: KeyRing; number: string; wish: Wish; at: DateTime },
): Promise<void> {
  const phone = readPhone(number)
  if (!phone) return
  const found = await tx
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.kind, 'phone'), inArray(contacts.valueIndex, keys.blindIndexes('phone', phone))))
  for (const { id } of found) await honourWish(tx, { contactId: id, wish, via: 'reply', at })
}
