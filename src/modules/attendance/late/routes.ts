import Type from 'typebox'
import { readInstant } from '#modules/events/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { LinkAssignmentParams } from '../contract.ts'
import { alarmOfMany, askLateEntry, enterLate } from './ask.ts'
import {
  LateAnswers,
  LateDecided,
  LateDecisionBody,
  LateDecisions,
  LateDecisionsBody,
  LateEntries,
  LateEntryPage,
  LateEntryQuery,
  LateParams,
  LateRequest,
  LateReviewBody,
  OwnLateEntry,
} from './contract.ts'
import { assertReason, decideLateEntry, reviewLateEntry } from './decide.ts'
import { presentDecided, presentLate, presentOwnLate } from './present.ts'
import { listLateEntries, stateOfLate } from './queries.ts'

const tags = ['补录 · entered afterwards']

/** The stated times, where given. */
function timesOf({ arrivedAt, leftAt }: { arrivedAt?: string; leftAt?: string }) {
  return { arrivedAt: arrivedAt && readInstant(arrivedAt), leftAt: leftAt && readInstant(leftAt) } as {
    arrivedAt?: ReturnType<typeof readInstant>
    leftAt?: ReturnType<typeof readInstant>
  }
}

/** 补录: service that was not recorded during the shift, and its approval by a second person. */
export function lateRoutes(app: App, context: AppContext): void {
  askingRoutes(app, context)
  decidingRoutes(app, context)
}

function askingRoutes(app: App, { db, keys, now, log }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/c/:token/assignments/:assignmentId/late-entry',
    config: { access: 'link' },
    schema: {
      operationId: 'askLateEntryByPersonalLink',
      tags,
      summary: '申请补录 · after the end, within ten working days; a second person decides',
      params: LinkAssignmentParams,
      body: LateRequest,
      response: { 200: ref(OwnLateEntry), ...problems },
    },
    handler: async ({ params, body }) => {
      const asked = {
        ...params,
        operationId: body.operationId,
        reason: body.reason,
        ...timesOf(body),
        at: now(),
      }
      return presentOwnLate(await db.transaction((tx) => askLateEntry(tx, keys, asked)))
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/shifts/:shiftId/late-entries',
    config: { access: 'attendance.record' },
    schema: {
      operationId: 'enterLate',
      tags,
      summary: '补录 · people of a shift who were there, at most 30 in one act; a second person decides',
      params: Type.Object({ shiftId: Id }),
      body: LateEntries,
      response: { 200: ref(LateAnswers), ...problems },
    },
    handler: async ({ params, body, actor }) => {
      const { operationId: actId, reason } = body
      const act = { actId, reason, origin: 'leader' as const, by: actor, at: now() }
      const answers: { assignmentId: string; lateEntryId: string | null; refused: string | null }[] = []
      for (const entry of body.entries) {
        const { assignmentId } = entry
        const asked = { ...act, ...timesOf(entry), assignmentId, shiftId: params.shiftId }
        const { done, refused } = await answerOf(() => db.transaction((tx) => enterLate(tx, asked)))
        answers.push({ assignmentId, lateEntryId: done?.id ?? null, refused })
      }
      const many = await db.transaction((tx: Writer) =>
        alarmOf(tx, answers, { userId: actor.userId, at: act.at }),
      )
      if (many) log.warn({ userId: actor.userId, entries: many }, 'many late entries')
      return { answers }
    },
  })
}

/** What was done, or the code of its refusal: one entry that is refused holds up no other. */
async function answerOf<T>(work: () => Promise<T>) {
  try {
    return { done: await work(), refused: null }
  } catch (error) {
    if (error instanceof DomainError) return { done: undefined, refused: error.code }
    throw error
  }
}

async function alarmOf(
  tx: Writer,
  answers: readonly { lateEntryId: string | null }[],
  who: { userId: string; at: ReturnType<typeof readInstant> },
): Promise<number | undefined> {
  const made = answers.flatMap(({ lateEntryId }) => lateEntryId ?? [])
  return made.length > 0 ? alarmOfMany(tx, { lateEntryId: made[0] as string, ...who }) : undefined
}

function decidingRoutes(app: App, { db, keys, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/late-entries',
    config: { access: 'attendance.read' },
    schema: {
      operationId: 'listLateEntries',
      tags,
      summary: '补录申请列表 · of the teams within reach, and of shifts one is in charge of',
      querystring: LateEntryQuery,
      response: { 200: LateEntryPage, ...problems },
    },
    handler: async ({ query, actor }) => {
      const { items, nextCursor } = await listLateEntries(db.read, actor, { limit: 50, ...query })
      return { items: items.map(presentLate), nextCursor }
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/late-entries/:lateEntryId/decision',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'decideLateEntry',
      tags,
      summary: '审核补录 · the second person approves or refuses',
      params: LateParams,
      body: LateDecisionBody,
      response: { 200: ref(LateDecided), ...problems },
    },
    handler: async ({ params, body, actor }) =>
      presentDecided(
        await db.transaction((tx) => decideLateEntry(tx, keys, { ...params, ...body, by: actor, at: now() })),
      ),
  })
  app.route({
    method: 'PUT',
    url: '/api/shifts/:shiftId/late-decisions',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'decideLateEntries',
      tags,
      summary: '批量审核补录 · several entries of a shift with one reason, at most 30, each by its own rules',
      params: Type.Object({ shiftId: Id }),
      body: LateDecisionsBody,
      response: { 200: ref(LateDecisions), ...problems },
    },
    handler: async ({ params, body, actor }) => {
      const { lateEntryIds, ...decision } = body
      assertReason(decision)
      const answers = []
      for (const lateEntryId of lateEntryIds) {
        const asked = { ...params, ...decision, lateEntryId, by: actor, at: now() }
        const { done, refused } = await answerOf(() =>
          db.transaction((tx) => decideLateEntry(tx, keys, asked)),
        )
        answers.push({ lateEntryId, state: done ? stateOfLate(done) : null, refused })
      }
      return { answers }
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/late-entries/:lateEntryId/review',
    config: { access: 'attendance.review' },
    schema: {
      operationId: 'reviewLateEntry',
      tags,
      summary: '抽查补录 · the office looks again at one that was drawn',
      params: LateParams,
      body: LateReviewBody,
      response: { 200: ref(LateDecided), ...problems },
    },
    handler: async ({ params, body, actor }) =>
      presentDecided(
        await db.transaction((tx) => reviewLateEntry(tx, { ...params, ...body, by: actor, at: now() })),
      ),
  })
}
