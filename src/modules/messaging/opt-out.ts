import { and, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { readPhone } from '#modules/organisation/index.ts'
import { contacts } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { markContacts, suppressWaiting } from './contacts.ts'

/** Whether somebody wrote that they want no more messages: 退订, STOP, T, TD …, in any width and case. */
export function meansOptOut(text: string): boolean {
  const word = text
    .normalize('NFKC')
    .trim()
    .replace(/[\s.。!！,，【】[\]"'“”]+/g, '')
    .toUpperCase()
  return /^(?:T|TD|N退订|STOP|STOPALL|UNSUBSCRIBE|END|QUIT|CANCEL|OPTOUT|退订|退訂|拒收|取消订阅|TUIDING)$/.test(
    word,
  )
}

/**
 * Records that a number wants no more messages, and holds back what waits for it. Idempotent. Numbers nobody knows are
 * passed over: there is nothing to hold back.
 */
export async function optOutByNumber(
  tx: Writer,
  { keys, number, at }: { keys: KeyRing; number: string; at: DateTime },
): Promise<{ contacts: number }> {
  const phone = readPhone(number)
  if (!phone) return { contacts: 0 }
  const found = await tx
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.kind, 'phone'), inArray(contacts.valueIndex, keys.blindIndexes('phone', phone))))
  for (const { id } of found) {
    await markContacts(tx, [id], 'opted_out', at)
    await suppressWaiting(tx, id, at)
    await record(tx, {
      action: 'contact.opted_out',
      subject: `contact:${id}`,
      by: 'system',
      at,
      details: { via: 'reply' },
    })
  }
  return { contacts: found.length }
}
