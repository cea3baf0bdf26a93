import Type, { type Static } from 'typebox'
import { line, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { previewed } from '#platform/previews/index.ts'
import { resendable } from './rules.ts'
import { channels, laneNames, messageStates, providerNames, reasons, templateProblems } from './words.ts'

const Text = Type.Object({ zh: Type.String(), en: Type.String() })
const Kind = Type.String({ minLength: 1, maxLength: 60, examples: ['invitation'] })
const words = (maxLength: number) => Type.String({ minLength: 1, maxLength })

// Messages · 消息

export const MessageView = Type.Object(
  {
    id: Id,
    kind: Kind,
    channel: oneOf(channels),
    eventId: nullable(Id),
    contactId: Id,
    to: Type.String({ description: 'Masked', examples: ['154****5678'] }),
    subjects: Type.Array(Type.String({ examples: ['participation:019aa…'] })),
    state: oneOf(messageStates),
    stateName: Text,
    stateAt: Instant,
    reason: nullable(oneOf(reasons)),
    reasonText: nullable(Text),
    providerCode: nullable(Type.String()),
    provider: nullable(oneOf(providerNames)),
    providerId: nullable(Type.String({ description: 'The provider’s own id, for questions to it' })),
    lane: oneOf(laneNames),
    generation: Type.Integer(),
    part: Type.Integer({ description: 'More than 0: joined later, or sent again by a person' }),
    attempts: Type.Integer(),
    segments: nullable(Type.Integer({ description: 'Billed parts, once it was sent' })),
    notBefore: Instant,
    expiresAt: nullable(Instant),
    createdAt: Instant,
  },
  { $id: 'Message' },
)
export type MessageView = Static<typeof MessageView>
export const MessagePage = Page(MessageView)
export const MessageQuery = Type.Object({
  ...PageQuery.properties,
  state: Type.Optional(oneOf(messageStates)),
  kind: Type.Optional(Kind),
  eventId: Type.Optional(Id),
  contactId: Type.Optional(Id),
  subject: Type.Optional(Type.String({ maxLength: 100 })),
})

export const ReceiptView = Type.Object(
  {
    id: Id,
    provider: oneOf(providerNames),
    status: Type.String(),
    providerCode: nullable(Type.String()),
    moved: Type.Boolean({ description: 'Whether the message changed its state because of it' }),
    receivedAt: Instant,
  },
  { $id: 'MessageReceipt' },
)
export type ReceiptView = Static<typeof ReceiptView>
export const ReceiptList = Type.Object({ items: Type.Array(ReceiptView) })

const Counts = Type.Record(Type.String(), Type.Integer(), {
  description: 'By state; states with none are left out',
})
export const MessageTotals = Type.Object(
  {
    eventId: Id,
    written: Type.Integer({ description: 'Every message ever written; the states add up to it' }),
    byState: Counts,
    kinds: Type.Array(Type.Object({ kind: Kind, written: Type.Integer(), byState: Counts })),
    reasons: Type.Array(
      Type.Object({ state: oneOf(messageStates), reason: nullable(oneOf(reasons)), count: Type.Integer() }),
      { description: '未送达原因 · why messages failed, the most frequent first' },
    ),
    segments: Type.Integer({ description: 'Billed parts of what was sent' }),
    unfinished: Type.Array(
      Type.Object({
        kind: Type.String(),
        state: Type.Union([Type.Literal('waiting'), Type.Literal('running'), Type.Literal('dead')]),
        error: nullable(Type.String()),
      }),
      {
        description:
          'Work that still has messages of this event to write: while there is any, the totals are not complete. Dead work needs a person',
      },
    ),
    hold: nullable(
      Type.Object({
        heldAt: Instant,
        reason: nullable(oneOf(reasons)),
        providerCode: nullable(Type.String()),
      }),
    ),
  },
  { $id: 'MessageTotals' },
)
export type MessageTotals = Static<typeof MessageTotals>
export const MessageCancellation = Body({
  kinds: Type.Optional(Type.Array(Kind, { maxItems: 20, description: 'Only these; all when absent' })),
})
export const CancelledMessages = Type.Object({ cancelled: Type.Integer() })

/** 批量重发: of the messages that failed, those of a state, for a reason, of a kind; all when none is named. */
export const MessageRetrySpec = Body({
  state: Type.Optional(Type.Unsafe<(typeof resendable)[number]>({ type: 'string', enum: [...resendable] })),
  reason: Type.Optional(oneOf(reasons)),
  kind: Type.Optional(Kind),
})
export type MessageRetrySpec = Static<typeof MessageRetrySpec>
export const MessageRetryPreview = Type.Object(
  {
    ...previewed,
    messages: Type.Integer(),
    perhapsTwice: Type.Integer({ description: 'Of these, those that may have arrived already' }),
  },
  { $id: 'MessageRetryPreview' },
)

// Holds · 暂停

export const HoldView = Type.Object(
  {
    id: Id,
    eventId: nullable(Id),
    provider: nullable(oneOf(providerNames)),
    reason: nullable(oneOf(reasons)),
    reasonText: nullable(Text),
    providerCode: nullable(Type.String()),
    heldAt: Instant,
  },
  { $id: 'SendingHold' },
)
export type HoldView = Static<typeof HoldView>
export const HoldList = Type.Object({ items: Type.Array(HoldView) })

// Templates · 模板

const templateFields = {
  signature: nullable(
    Type.String({ minLength: 2, maxLength: 12, pattern: '^[^【】\\p{Cc}]+$', examples: ['志愿本溪'] }),
  ),
  subject: nullable(Type.Object({ zh: line(200), en: line(200) }, { additionalProperties: false })),
  body: Type.Object({ zh: words(2000), en: words(2000) }, { additionalProperties: false }),
  filedAs: nullable(line(100)),
}

const Measure = Type.Object({
  text: Type.String({ description: 'With sample values' }),
  characters: Type.Integer({ description: 'With the longest values' }),
  segments: Type.Integer({ description: 'Billed parts with sample values' }),
  segmentsMax: Type.Integer({ description: 'Billed parts with the longest values' }),
})
export const TemplateCheck = Type.Object(
  {
    usable: Type.Boolean(),
    problems: Type.Array(
      Type.Object({
        problem: oneOf(templateProblems),
        text: Text,
        where: Type.String({ examples: ['body.zh'] }),
        what: nullable(Type.String({ description: 'The variable or the words in question' })),
      }),
    ),
    zh: Measure,
    en: Measure,
  },
  { $id: 'TemplateCheck' },
)
export type TemplateCheck = Static<typeof TemplateCheck>

export const TemplateView = Type.Object(
  {
    kind: Kind,
    kindName: Text,
    channel: oneOf(channels),
    own: Type.Boolean({ description: 'Somebody saved it; otherwise these are the words it comes with' }),
    version: Type.Integer({ description: '0 while nobody saved one' }),
    ...templateFields,
    variables: Type.Array(
      Type.Object({
        name: Type.String(),
        text: Text,
        sample: Type.String(),
        link: Type.Boolean(),
        required: Type.Boolean(),
      }),
    ),
    check: TemplateCheck,
  },
  { $id: 'MessageTemplate' },
)
export type TemplateView = Static<typeof TemplateView>
export const TemplateList = Type.Object({ items: Type.Array(TemplateView) })
export const TemplateChange = Body({
  signature: Type.Optional(templateFields.signature),
  subject: Type.Optional(templateFields.subject),
  body: templateFields.body,
  filedAs: Type.Optional(templateFields.filedAs),
})
export type TemplateChange = Static<typeof TemplateChange>
export const TemplateKey = Type.Object({ kind: Kind, channel: oneOf(channels) })
