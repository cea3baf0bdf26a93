import Type, { type Static } from 'typebox'
import { type EventState, eventStates } from '#modules/events/index.ts'
import { nullable } from '#modules/organisation/index.ts'
import { Body, Id, Instant, PageQuery } from '#platform/http/schemas.ts'
import {
  type ClientErrorKind,
  clientErrorKinds,
  type EventStep,
  eventSteps,
  type FirstStep,
  firstSteps,
  historyKinds,
  type ListName,
  listColumns,
  type StepReason,
  type StepState,
  stepReasons,
  stepStates,
} from './words.ts'

const oneOf = <const T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values] })

const chosenColumns = <const T extends string>(columns: readonly T[]) =>
  Type.Optional(Type.Array(oneOf(columns), { uniqueItems: true, maxItems: columns.length }))

const columns = Object.fromEntries(
  Object.entries(listColumns).map(([list, names]) => [list, chosenColumns(names)]),
) as { [L in ListName]: ReturnType<typeof chosenColumns<(typeof listColumns)[L][number]>> }

// First run · 首次使用

export const FirstSteps = Type.Object(
  {
    steps: Type.Array(
      Type.Object({
        step: oneOf(Object.keys(firstSteps) as FirstStep[]),
        done: Type.Boolean({ description: 'There is something of it already' }),
      }),
      { description: 'Those that the caller may do, in their order' },
    ),
    complete: Type.Boolean(),
  },
  { $id: 'FirstSteps' },
)

// Preferences · 个人设置

/** Every key is listed and every value bounded, so that this cannot be used to store other data. */
export const PreferencesBody = Body(
  {
    language: Type.Optional(oneOf(['zh', 'en'])),
    columns: Type.Optional(
      Type.Object(columns, {
        additionalProperties: false,
        description: '列表显示的列 · columns shown, by list',
      }),
    ),
    views: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: Type.String({ minLength: 1, maxLength: 60 }),
            path: Type.String({
              maxLength: 400,
              pattern: '^/[a-z][^\\s]*$',
              examples: ['/people?number=missing'],
            }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 20, description: '收藏的页面 · pages kept under a name' },
      ),
    ),
  },
  { $id: 'PreferencesBody' },
)
export type PreferencesBody = Static<typeof PreferencesBody>

export const PreferencesView = Type.Object(
  { ...PreferencesBody.properties, version: Type.Integer({ description: '0 before anything was chosen' }) },
  { $id: 'Preferences' },
)
export type PreferencesView = Static<typeof PreferencesView>

// Client errors · 浏览器错误

/**
 * An error in a browser, reported without personal data: the route pattern instead of the URL, the error class instead
 * of the message, and positions in our own files.
 */
export const ClientErrorBody = Body(
  {
    kind: oneOf(Object.keys(clientErrorKinds) as ClientErrorKind[]),
    page: Type.String({ maxLength: 100, pattern: '^/[A-Za-z/:*-]*$', examples: ['/events/:eventId'] }),
    error: Type.String({ maxLength: 60, pattern: '^[A-Za-z]+$', examples: ['TypeError'] }),
    at: Type.Array(Type.String({ maxLength: 80, pattern: '^[\\w.-]+\\.js:[0-9]+:[0-9]+$' }), {
      maxItems: 10,
    }),
    build: Type.Optional(Type.String({ maxLength: 64, pattern: '^[0-9a-f]+$' })),
  },
  { $id: 'ClientErrorBody' },
)
export type ClientErrorBody = Static<typeof ClientErrorBody>

// Steps of an event · 活动步骤

const keysOf = <const K extends string>(words: Record<K, unknown>) => oneOf(Object.keys(words) as K[])

export const StepsView = Type.Object(
  {
    eventId: Id,
    steps: Type.Array(
      Type.Object({
        step: keysOf<EventStep>(eventSteps),
        state: keysOf<StepState>(stepStates),
        because: nullable(keysOf<StepReason>(stepReasons)),
        count: nullable(Type.Integer({ description: 'The number that the reason is about' })),
      }),
      { description: '本人可见的步骤，按顺序 · the steps that the caller may see, in order' },
    ),
  },
  { $id: 'EventSteps' },
)
export type StepsView = Static<typeof StepsView>

// Agenda · 待办

const AgendaEvent = Type.Object({
  id: Id,
  name: Type.String(),
  timeZone: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
  state: keysOf<EventState>(eventStates),
})

const AgendaItem = Type.Object({
  event: AgendaEvent,
  step: keysOf<EventStep>(eventSteps),
  because: keysOf<StepReason>(stepReasons),
  count: nullable(Type.Integer({ description: 'The number that the reason is about' })),
  dueAt: nullable(Instant),
})

export const AgendaView = Type.Object(
  {
    today: Type.Array(
      Type.Object({
        event: AgendaEvent,
        begun: Type.Boolean(),
        over: Type.Boolean(),
        shifts: Type.Integer(),
        taken: Type.Integer({ description: '已安排 · places that are taken' }),
        belowMin: Type.Integer({ description: '不足最低人数的班次 · shifts below their minimum' }),
        accepted: nullable(Type.Integer({ description: '已答复 · people who answered, within reach' })),
      }),
      { description: '今天的活动 · published events that are on today' },
    ),
    waiting: Type.Array(AgendaItem, { description: '待我处理 · what the caller can do something about now' }),
    others: Type.Array(AgendaItem, { description: '等待他人 · what is under way and waits for others' }),
    events: Type.Integer({ description: 'Events looked at: the next twenty that are not finished' }),
  },
  { $id: 'Agenda' },
)
export type AgendaView = Static<typeof AgendaView>

// History · 变更记录

export const HistoryQuery = Type.Object({
  ...PageQuery.properties,
  subject: Type.String({
    pattern: `^(${Object.keys(historyKinds).join('|')}):[0-9a-f-]{36}$`,
    description: '种类与编号 · what it is about: its kind and its id',
    examples: ['unit:01a2284a-0000-7000-8000-000000000000'],
  }),
})

export const HistoryEntry = Type.Object(
  {
    id: Id,
    at: Instant,
    action: Type.String(),
    text: Type.String({ description: '事项 · what was done, in the language of the reader' }),
    by: Type.Object({
      kind: oneOf(['user', 'link', 'anonymous', 'system']),
      name: nullable(Type.String({ description: 'Null where the reader may not know which office it was' })),
      me: Type.Boolean(),
    }),
  },
  { $id: 'HistoryEntry' },
)
export type HistoryEntry = Static<typeof HistoryEntry>
