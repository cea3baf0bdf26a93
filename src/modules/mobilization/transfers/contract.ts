import Type, { type Static } from 'typebox'
import { nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page } from '#platform/http/schemas.ts'
import { previewed } from '#platform/previews/index.ts'
import { transferRefusals } from '../words.ts'

const Named = Type.Object({ id: Id, name: Type.String() })
const Reasons = Type.Array(Type.Object({ because: oneOf(transferRefusals), people: Type.Integer() }))

/** A team, or some of it, goes from one shift to another; or people of it who have no place yet get one. */
export const TransferMove = Type.Object(
  {
    teamId: Id,
    fromShiftId: nullable(Id),
    toShiftId: Id,
    assignmentIds: Type.Optional(
      Type.Array(Id, {
        minItems: 1,
        maxItems: 2000,
        uniqueItems: true,
        description:
          '只调这些人 · only these people; absent: the whole team there, heads without names included',
      }),
    ),
    people: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 2000,
        description: '从未安排的队员中安排几人 · without fromShiftId: so many members who have no place',
      }),
    ),
    heads: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 2000,
        description: '未实名人数 · without fromShiftId: so many heads without names',
      }),
    ),
  },
  { additionalProperties: false },
)
export type TransferMove = Static<typeof TransferMove>

/** All moves are judged together: a swap of two full shifts is two moves. */
export const TransferSpec = Body(
  { moves: Type.Array(TransferMove, { minItems: 1, maxItems: 100 }) },
  { $id: 'TransferSpec' },
)
export type TransferSpec = Static<typeof TransferSpec>

export const TransferPreview = Type.Object(
  {
    ...previewed,
    moves: Type.Array(
      Type.Object({
        team: Named,
        fromShiftId: nullable(Id),
        toShiftId: Id,
        people: Type.Integer({ description: 'People who would move' }),
        heads: Type.Integer({ description: 'Heads without names that would move' }),
        refused: Reasons,
      }),
    ),
    shifts: Type.Array(
      Type.Object({
        id: Id,
        before: Type.Integer({ description: 'Places taken now' }),
        after: Type.Integer(),
        min: Type.Integer(),
        target: Type.Integer(),
        max: Type.Integer(),
      }),
    ),
    refused: Type.Array(Type.Object({ person: Named, shiftId: Id, because: oneOf(transferRefusals) }), {
      description: '不能调整的人员 · who would stay, and why; at most 50',
    }),
    people: Type.Integer(),
    heads: Type.Integer(),
    accepted: Type.Integer({
      description: '其中已接受 · of them accepted their place and would be asked again',
    }),
    told: Type.Integer({ description: '将通知人数 · people who would be told; 0 for a draft' }),
    messages: Type.Integer(),
    unreachable: Type.Integer({ description: '需电话通知人数 · people whom no message reaches' }),
    tellsAfterMin: nullable(
      Type.Integer({ description: '几分钟后通知 · until then it can be undone; null: nobody is told' }),
    ),
  },
  { $id: 'TransferPreview' },
)

export const TransferView = Type.Object(
  {
    id: Id,
    eventId: Id,
    by: Named,
    moves: Type.Array(
      Type.Object({
        team: Named,
        fromShiftId: nullable(Id),
        toShiftId: Id,
        people: Type.Integer(),
        heads: Type.Integer(),
      }),
    ),
    people: Type.Integer(),
    heads: Type.Integer(),
    createdAt: Instant,
    tellsAt: nullable(Type.String({ format: 'date-time', description: 'Null: nobody is told' })),
    undoneAt: nullable(Instant),
    stayed: Type.Union([Reasons, Type.Null()], {
      description: '撤销时未能恢复的 · after an undo: who stayed where they were moved to, and why',
    }),
    undoable: Type.Boolean({ description: '可撤销 · while nobody was told' }),
  },
  { $id: 'Transfer' },
)
export type TransferView = Static<typeof TransferView>
export const TransferPage = Page(TransferView)

export const EligibilityQuery = Type.Object({ teamId: Id, fromShiftId: Type.Optional(Id) })
export const TeamEligibility = Type.Object(
  {
    eventId: Id,
    teamId: Id,
    fromShiftId: nullable(Id),
    people: Type.Integer({ description: 'People of the team who would move' }),
    heads: Type.Integer(),
    reasons: Type.Array(Type.Object({ because: oneOf(transferRefusals), shiftIds: Type.Array(Id) }), {
      description:
        '不能去的班次，按原因 · where none of them could go, by reason; the other shifts can take some',
    }),
  },
  { $id: 'TeamEligibility' },
)
export type TeamEligibility = Static<typeof TeamEligibility>

export const FreeTeams = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        unit: nullable(Type.String()),
        people: Type.Integer({ description: '未安排的队员 · members without a place in the event' }),
        heads: Type.Integer({ description: '未安排的未实名人数 · stated heads without a place' }),
      }),
    ),
  },
  { $id: 'FreeTeams' },
)
