import { type Ask, anyone, positions, rule, type Table } from '../declare.ts'
import type { Target } from '../world.ts'

const atMessage = ({ message }: Target): Ask => ({ params: { messageId: message } })
const atEvent = ({ event }: Target): Ask => ({ params: { eventId: event } })
const template = { params: { kind: 'invitation', channel: 'sms' } }
// Somebody changed its words before.
const saved = { params: { kind: 'invitation', channel: 'email' } }
const words = { body: { zh: '{event} {places}', en: '{event} {places}' } }
// A duplicate's number is written to under who it became.
const living = positions.filter((position) => position !== 'merged')
const toSomebody = { at: living, refused: '404 message.missing' } as const

/** A message is seen by whoever reaches its receiver; an event's sending belongs to the organiser. */
export const messaging: Table = {
  listMessages: rule('messages.read', 'person', () => ({ query: { limit: '200' } }), {
    at: living,
    shows: ({ message }) => message,
  }),
  readMessage: rule('messages.read', 'person', atMessage, toSomebody),
  listMessageReceipts: rule('messages.read', 'person', atMessage, toSomebody),
  retryMessage: rule(
    'messages.send',
    'person',
    ({ failed }) => ({ params: { messageId: failed } }),
    toSomebody,
  ),
  cancelMessage: rule('messages.send', 'person', atMessage, toSomebody),
  optOutReceiver: rule('messages.send', 'person', atMessage, toSomebody),
  // Counts.
  readMessageTotals: anyone('messages.read', atEvent),
  previewMessageRetries: rule('messages.send', 'unit', (target) => ({ ...atEvent(target), body: {} }), {
    allowed: '409 message.nothing_to_retry',
  }),
  // Whoever was shown nothing has nothing to do; who was shown it is looked at again.
  retryMessages: anyone(
    'messages.send',
    ({ event }, { campaign }) => ({ params: { eventId: event }, body: { token: campaign } }),
    { allowed: '404 preview.missing' },
  ),
  holdEventMessages: rule('messages.send', 'unit', atEvent),
  releaseEventMessages: rule('messages.send', 'unit', atEvent),
  cancelEventMessages: rule('messages.send', 'unit', (target) => ({ ...atEvent(target), body: {} })),
  listMessageHolds: anyone('messages.read', () => ({}), { at: ['own'] }),
  // What serves the whole city is changed by whoever answers for all of it.
  releaseProvider: rule('messages.send', 'everything', () => ({ params: { provider: 'log' } }), {
    at: ['own'],
  }),
  listMessageTemplates: anyone('messages.read', () => ({}), { at: ['own'] }),
  readMessageTemplate: anyone('messages.read', () => template, { at: ['own'] }),
  checkMessageTemplate: anyone('messages.read', () => ({ ...template, body: words }), { at: ['own'] }),
  saveMessageTemplate: rule('messages.edit', 'everything', () => ({ ...template, version: 0, body: words }), {
    at: ['own'],
  }),
  dropMessageTemplate: rule('messages.edit', 'everything', () => ({ ...saved, version: 1 }), {
    at: ['own'],
  }),
  // Signed by the provider, which is not in use here.
  receiveTwilioReceipt: anyone('public', () => ({ form: 'MessageSid=SM1&MessageStatus=sent' }), {
    at: ['own'],
    allowed: '404 provider.missing',
  }),
  receiveTwilioReply: anyone('public', () => ({ form: 'From=%2B8615400000001&Body=TD' }), {
    at: ['own'],
    allowed: '404 provider.missing',
  }),
  receiveBounce: anyone('public', () => ({ mail: 'Subject: Undelivered\r\n\r\n' }), {
    at: ['own'],
    allowed: '404 provider.missing',
  }),
}
