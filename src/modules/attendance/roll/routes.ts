import Type from 'typebox'
import { readInstant } from '#modules/events/index.ts'
import { created } from '#platform/http/created.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import type { RollCaller } from '../call-roll.ts'
import { LinkParams } from '../contract.ts'
import { presentAttendance } from '../present.ts'
import { callRoll } from './call.ts'
import {
  PassRoll,
  RollAnswers,
  RollBody,
  RollPassCreation,
  RollPassIssued,
  RollPassList,
} from './contract.ts'
import {
  expiryOf,
  issuePass,
  namesOf,
  openPass,
  passesOf,
  type RollPassRow,
  revokePass,
  unnamedOf,
} from './pass.ts'
import { readStamp, stampOf, unstamped } from './stamp.ts'

const tags = ['点名 · roll-call']
const ofShift = Type.Object({ shiftId: Id })

/** Submits the roll of a shift in one request, also after work without network; issues and revokes roll passes. */
export function rollRoutes(app: App, context: AppContext): void {
  const { db, keys, now } = context
  app.route({
    method: 'PUT',
    url: '/api/shifts/:shiftId/roll',
    // Whoever led a team until lately hands in what they tapped then.
    config: { access: 'signed-in' },
    schema: {
      operationId: 'callRoll',
      tags,
      summary:
        '批量点名 · the roll of a shift at once, each entry answered by itself; also what was tapped offline',
      params: ofShift,
      body: RollBody,
      response: { 200: ref(RollAnswers), ...problems },
    },
    handler: async ({ params, body, actor }) => {
      const roll = handedIn(context, { shiftId: params.shiftId, body, by: actor })
      return presentAnswers(await callRoll(db, keys, { ...roll, at: now() }))
    },
  })
  passRoutes(app, context)
  holderRoutes(app, context)
}

/**
 * The roll as the use-case takes it.
 * @throws DomainError `roll.stamp` when an offline roll carries no stamp signed by this service
 */
export function handedIn(
  { keys }: Pick<AppContext, 'keys'>,
  { shiftId, body, by }: { shiftId: string; body: RollBody; by: RollCaller },
) {
  const { offline, entries, ...rest } = body
  const holder = 'pass' in by ? by.pass.id : by.userId
  const stampedAt = offline && readStamp(keys, { shiftId, holder }, offline.stamp)
  if (offline ? !stampedAt : entries.some(({ at }) => at !== undefined)) {
    throw unstamped()
  }
  const times = offline &&
    stampedAt && { stampedAt, loadedAt: readInstant(offline.loadedAt), sentAt: readInstant(offline.sentAt) }
  return {
    ...rest,
    shiftId,
    by,
    offline: times || undefined,
    entries: entries.map(({ at, ...entry }) => ({
      ...entry,
      at: at === undefined ? undefined : readInstant(at),
    })),
  }
}

/** The results of a submitted roll, one for each entry. */
export function presentAnswers(answers: Awaited<ReturnType<typeof callRoll>>) {
  return {
    answers: answers.map(({ attendance, ...rest }) => {
      return { ...rest, attendance: attendance && presentAttendance(attendance) }
    }),
  }
}

type Pass = {
  row: RollPassRow
  team: { id: string; name: string } | null
  endsAt: ReturnType<typeof readInstant>
}

function presentPass({ row, team, endsAt }: Pass) {
  const { id, shiftId, issuedAt, revokedAt } = row
  return {
    id,
    shiftId,
    team,
    issuedAt: isoOf(issuedAt),
    expiresAt: isoOf(expiryOf(endsAt)),
    revokedAt: revokedAt && isoOf(revokedAt),
  }
}

function passRoutes(app: App, { db, keys, now, config }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/shifts/:shiftId/roll-passes',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'issueRollPass',
      tags,
      summary:
        '发放点名凭证 · a link that opens the roll of one shift, names only, until two hours after its end',
      params: ofShift,
      headers: OnceKey,
      body: RollPassCreation,
      response: { 201: ref(RollPassIssued), ...problems },
    },
    handler: async (request, reply) => {
      const { params, body, actor } = request
      const view = await createOnce(db, request, async (tx) => {
        const { row, token, endsAt } = await issuePass(tx, keys, { ...params, ...body, by: actor, at: now() })
        const [listed] = (await passesOf(tx, params.shiftId, actor)).filter((each) => each.row.id === row.id)
        const url = new URL(`/roll/${token}`, config.publicUrl).href
        return { ...presentPass({ row, team: listed?.team ?? null, endsAt }), url }
      })
      return created(reply, `/api/roll-passes/${view.id}`, view)
    },
  })
  app.route({
    method: 'GET',
    url: '/api/shifts/:shiftId/roll-passes',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'listRollPasses',
      tags,
      summary: '点名凭证列表 · passes one issued, or that open names within reach',
      params: ofShift,
      response: { 200: ref(RollPassList), ...problems },
    },
    handler: async ({ params, actor }) => ({
      items: (await passesOf(db.read, params.shiftId, actor)).map(presentPass),
    }),
  })
  app.route({
    method: 'DELETE',
    url: '/api/roll-passes/:rollPassId',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'revokeRollPass',
      tags,
      summary: '收回点名凭证 · it opens nothing any more',
      params: Type.Object({ rollPassId: Id }),
      response: { 204: { type: 'null' }, ...problems },
    },
    handler: async ({ params, actor }, reply) => {
      await db.transaction((tx) => revokePass(tx, { ...params, by: actor, at: now() }))
      return reply.status(204).send(null)
    },
  })
}

/** REST routes for the holder of a roll pass; they do the same as the page at `/roll/:token`. */
function holderRoutes(app: App, context: AppContext): void {
  const { db, keys, now } = context
  app.route({
    method: 'GET',
    url: '/api/roll/:token',
    config: { access: 'link' },
    schema: {
      operationId: 'readRollByPass',
      tags,
      summary: '凭证名单 · names and who is here, nothing else; reading changes nothing',
      params: LinkParams,
      response: { 200: ref(PassRoll), ...problems },
    },
    handler: async ({ params }) => {
      const opened = await openPass(db.read, keys, params.token, now())
      const { shift, zone, team, holder } = opened
      const names = await namesOf(db.read, holder.pass)
      return {
        shift: {
          id: shift.id,
          work: shift.work,
          zone: zone.name,
          startsAt: isoOf(shift.startsAt),
          endsAt: isoOf(shift.endsAt),
        },
        team: team?.name ?? null,
        expiresAt: isoOf(expiryOf(shift.endsAt)),
        stamp: stampOf(keys, { shiftId: shift.id, holder: holder.pass.id }, now()),
        unnamed: await unnamedOf(db.read, holder.pass, names.length),
        entries: names.map(({ checkInAt, ...entry }) => ({ ...entry, present: checkInAt !== null })),
      }
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/roll/:token',
    config: { access: 'link' },
    schema: {
      operationId: 'callRollByPass',
      tags,
      summary: '凭证点名 · the roll by a pass, in the name of who issued it',
      params: LinkParams,
      body: RollBody,
      response: { 200: ref(RollAnswers), ...problems },
    },
    handler: async ({ params, body }) => {
      const { holder } = await openPass(db.read, keys, params.token, now())
      const roll = handedIn(context, { shiftId: holder.pass.shiftId, body, by: holder })
      return presentAnswers(await callRoll(db, keys, { ...roll, at: now() }))
    },
  })
}
