import { newId } from '#platform/ids.ts'
import { anyone, type Case, rule, type Table } from '../declare.ts'
import type { Target } from '../world.ts'

const once: Partial<Case> = { at: ['own'] }
const ofRound = ({ rankedRound }: Target) => ({ params: { roundId: rankedRound } })
const ofRanking = ({ ranking }: Target) => ({ params: { rankingId: ranking }, version: 1 })
const full = { query: { limit: '200' } }

/** Rankings, and the visits behind their lines, are read by everybody who reads scores; appeals like their tasks. */
export const rankings: Table = {
  readRoundFigures: anyone('rankings.read', ofRound, once),
  readStandardFigures: anyone('rankings.read', ofRound, once),
  readCaseFigures: anyone('tasks.read', () => ({ query: { by: 'district' } }), once),
  listRankings: anyone('rankings.read', () => ({}), once),
  readRanking: anyone('rankings.read', ({ ranking }) => ({ params: { rankingId: ranking } }), once),
  exportRanking: anyone(
    'rankings.read',
    ({ ranking }) => ({ params: { rankingId: ranking }, query: { format: 'xlsx' } }),
    once,
  ),
  createRanking: anyone(
    'rankings.edit',
    ({ unit, rankedRound }) => ({
      body: { month: '2026-02', group: 'city_districts', issuerUnitId: unit, roundIds: [rankedRound] },
    }),
    once,
  ),
  finishRanking: anyone('rankings.edit', ofRanking, once),
  discardRanking: anyone('rankings.edit', ofRanking, { ...once, allowed: '409 ranking.appealed' }),
  listRankedVisits: anyone(
    'rankings.read',
    ({ ranking, line }) => ({ params: { rankingId: ranking, lineId: line } }),
    once,
  ),
  listAppeals: rule('tasks.read', 'unit', () => full, { shows: ({ appeal }) => appeal }),
  readAppeal: rule('tasks.read', 'unit', ({ appeal }) => ({ params: { appealId: appeal } }), {
    refused: '404 appeal.missing',
  }),
  fileAppeal: rule(
    'tasks.report',
    'unit',
    ({ ranking, unit }) => ({
      params: { rankingId: ranking },
      body: { unitId: unit, observationId: newId(), answer: 'met', reason: '已整改' },
    }),
    { refused: '404 unit.missing', allowed: '409 appeal.too_late' },
  ),
  withdrawAppeal: rule('tasks.report', 'unit', ({ appeal }) => ({ params: { appealId: appeal }, body: {} }), {
    refused: '404 appeal.missing',
    allowed: '409 appeal.decided',
  }),
  decideAppeal: anyone(
    'rankings.edit',
    ({ appeal }) => ({ params: { appealId: appeal }, body: { outcome: 'granted', reason: '属实' } }),
    { ...once, allowed: '409 appeal.decided' },
  ),
}
