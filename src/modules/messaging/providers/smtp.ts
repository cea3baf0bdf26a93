import { createTransport } from 'nodemailer'
import { readBounce } from './bounce.ts'
import { handOverEach } from './in-parallel.ts'
import type { MailIds } from './mail-ids.ts'
import type { Outcome, Outgoing, Provider } from './provider.ts'
import { reachingPeople } from './reaching-people.ts'

export interface SmtpOptions {
  /** smtp://user:password@host:port or smtps://… */
  url: URL
  from: string
  /** Domain part of the Message-IDs. */
  publicUrl: URL
  concurrency: number
  ids: MailIds
  timeoutMs?: number
}

const timeoutMsDefault = 20_000

/**
 * Creates a provider that sends mail through one SMTP relay. The Message-ID is made from our id, so most mail readers
 * show a mail that was sent twice only once. A mail that the relay accepted counts as sent, until it comes back (`readBounce`).
 */
export function createSmtpProvider(options: SmtpOptions): Provider {
  const timeout = options.timeoutMs ?? timeoutMsDefault
  const transport = createTransport({
    url: options.url.href,
    pool: true,
    maxConnections: Math.min(options.concurrency, 8),
    maxMessages: 500,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0])

  async function sendOne(message: Outgoing): Promise<Outcome> {
    const subject = message.subject ?? ''
    if ([message.to, subject, options.from].some((header) => /[\r\n]/.test(header))) {
      return { outcome: 'refused', reason: 'provider_refused', code: 'line break in a header' }
    }
    try {
      await transport.sendMail({
        from: options.from,
        to: { name: '', address: message.to },
        subject,
        text: message.text,
        messageId: `<${options.ids.idOf(message.messageId)}@${options.publicUrl.hostname}>`,
        headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribing(message) },
        // A mail that comes back brings our id and not the text, which names people (RFC 3461).
        dsn: {
          id: options.ids.idOf(message.messageId),
          return: 'headers',
          notify: ['failure'],
          recipient: message.to,
        },
      })
      return { outcome: 'sent', providerId: null }
    } catch (error) {
      return outcomeOf(error as SmtpError)
    }
  }

  return reachingPeople({
    name: 'smtp',
    repeatable: true,
    capabilities: {
      batch: options.concurrency * 4,
      signature: false,
      links: 'anywhere',
      filedTemplatesOnly: false,
      billing: 'none',
      segmentsMax: Number.POSITIVE_INFINITY,
      receipts: false,
    },
    send: (messages, handOver) => handOverEach(messages, handOver, options.concurrency, sendOne),
    parseBounce: (mail) => readBounce(mail, { host: options.publicUrl.hostname, ids: options.ids }),
    async close() {
      transport.close()
    },
  })
}

/** Headers for one-click unsubscribe in the mail program (RFC 2369, RFC 8058). */
function unsubscribing({ unsubscribeUrl }: Outgoing): Record<string, string> {
  if (!unsubscribeUrl) return {}
  return {
    'List-Unsubscribe': `<${unsubscribeUrl}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

interface SmtpError {
  code?: string
  syscall?: string
  responseCode?: number
  command?: string
  response?: string
}

/**
 * The outcome of a failed hand-over. 4xx: retry (RFC 5321, 4.2.1); 5xx: permanent. Without a reply it is certainly not
 * sent only if no connection was made: the library does not report how far a broken connection had come.
 */
function outcomeOf({ code, syscall, responseCode, command, response }: SmtpError): Outcome {
  const shown = { code: responseCode ? String(responseCode) : (code ?? 'no code') }
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'ETLS') {
    return { outcome: 'stopped', reason: 'provider_misconfigured', ...shown }
  }
  if (responseCode && responseCode >= 500) {
    const nobody = command === 'RCPT TO' && /^55[013]|\b5\.1\.[1-3]\b/.test(response ?? '')
    if (nobody) return { outcome: 'refused', reason: 'contact_invalid', contact: 'invalid', ...shown }
    return { outcome: 'refused', reason: 'provider_refused', ...shown }
  }
  if (responseCode && responseCode >= 400) return { outcome: 'later', reason: 'provider_busy', ...shown }
  if (code === 'EENVELOPE') return { outcome: 'refused', reason: 'contact_invalid', ...shown }
  const noConnection = code === 'EDNS' || syscall === 'connect'
  return noConnection
    ? { outcome: 'later', reason: 'provider_busy', ...shown }
    : { outcome: 'unknown', reason: 'no_answer', ...shown }
}
