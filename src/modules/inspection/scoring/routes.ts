import Type from 'typebox'
import { beside } from '#platform/beside/beside.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { whoeverLeft } from '#platform/http/whoever-left.ts'
import type { AppContext } from '#src/context.ts'
import { fullRound } from '../rounds/round-queries.ts'
import { RoundFiguresView, StandardFiguresView } from './contract.ts'
import { looksBeside } from './looks-beside.ts'
import { readRoundFigures } from './round-figures.ts'
import { readStandardFigures, type StandardFigures, type StandardsAsked } from './standard-figures.ts'

const tags = ['测评得分 · scores']
const params = Type.Object({ roundId: Id })
const work = new URL('./standard-figures-work.ts', import.meta.url)

/** 得分: what a round has come to. */
export function scoringRoutes(app: App, context: AppContext): void {
  const { db, config } = context
  app.route({
    method: 'GET',
    url: '/api/rounds/:roundId/figures',
    config: { access: 'rankings.read' },
    schema: {
      operationId: 'readRoundFigures',
      tags,
      summary: '轮次进度和得分 · progress and scores of a round, balanced and pooled, by district and class',
      params,
      response: { 200: ref(RoundFiguresView), ...problems },
    },
    handler: ({ params, actor }) => readRoundFigures(db.read, params.roundId, actor),
  })
  app.route({
    method: 'GET',
    url: '/api/rounds/:roundId/standards',
    config: { access: 'rankings.read' },
    schema: {
      operationId: 'readStandardFigures',
      tags,
      summary: '标准×县区 · what was seen of each standard in each district of a round',
      params,
      response: { 200: ref(StandardFiguresView), ...problems },
    },
    handler: async ({ params, actor }, reply) => {
      const asked: StandardsAsked = params
      await fullRound(db.read, params.roundId, actor)
      if (!(await looksBeside(context, [params.roundId]))) return readStandardFigures(db.read, asked)
      return beside<StandardsAsked, StandardFigures>(work, config, asked, whoeverLeft(reply))
    },
  })
}
