/** Reads mails that came back: delivery status notifications (RFC 3464). */
import PostalMime, { type Attachment, type Email } from 'postal-mime'
import type { MailIds } from './mail-ids.ts'
import type { Receipt } from './provider.ts'

const statusKinds = ['message/delivery-status', 'message/global-delivery-status']
const returnedKinds = [
  'message/rfc822',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'message/global',
  'message/global-headers',
]

/** The mailbox or its domain does not exist, or has moved (RFC 3463, 5.1.x), or is closed (5.2.1). */
const nobodyThere = /^5\.(1\.(1|2|3|6|10)|2\.1)$/

/**
 * What a mail that came back says of the mail we sent. A failure is final; a delay is stored and changes nothing. Which mail
 * it was says the envelope id we gave (RFC 3461), else the Message-ID of the returned mail; both carry a proof of ours.
 * @param ours the domain part of our Message-IDs, and what our ids look like
 * @returns undefined when the mail is no such notification, or is about a mail that is not ours
 */
export async function readBounce(
  mail: Uint8Array,
  ours: { host: string; ids: MailIds },
): Promise<Receipt | undefined> {
  const parsed = await parse(mail)
  const report = parsed && textOf(parsed, statusKinds)
  if (!parsed || report === undefined) return undefined
  const fields = fieldsOf(report)
  const action = fields.get('action')?.toLowerCase() ?? ''
  const status = /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? null
  const given = fields.get('original-envelope-id') ?? ''
  const messageId = ours.ids.messageOf(given) ?? idOfReturned(parsed, ours)
  if (!messageId) return undefined
  const failed = action === 'failed'
  return {
    messageId,
    providerId: null,
    status: action.slice(0, 40) || 'unknown',
    state: failed ? 'undelivered' : null,
    code: status,
    ...(failed && status && nobodyThere.test(status) && { contact: 'invalid' as const }),
  }
}

/** Undefined for what cannot be read as a mail. */
async function parse(mail: Uint8Array): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(mail, {
      forceRfc822Attachments: true,
      attachmentEncoding: 'utf8',
      maxNestingDepth: 10,
    })
  } catch {
    return undefined
  }
}

function textOf({ attachments }: Email, kinds: readonly string[]): string | undefined {
  const part = attachments.find(({ mimeType }: Attachment) => kinds.includes(mimeType))
  return typeof part?.content === 'string' ? part.content : undefined
}

/** The fields of all groups by name in small letters, unfolded; of a field that comes again the last one. */
function fieldsOf(text: string): Map<string, string> {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
  const named = lines.flatMap((line): [string, string][] => {
    const [, name, value] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? []
    return name ? [[name.toLowerCase(), (value ?? '').trim()]] : []
  })
  return new Map(named)
}

function idOfReturned(parsed: Email, { host, ids }: { host: string; ids: MailIds }): string | null {
  const given = fieldsOf(textOf(parsed, returnedKinds) ?? '').get('message-id') ?? ''
  const [, id, domain] = /^<([^@<>]+)@([^<>]+)>$/.exec(given) ?? []
  return id && domain?.toLowerCase() === host.toLowerCase() ? ids.messageOf(id) : null
}
