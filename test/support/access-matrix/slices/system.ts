import { anyone, type Table } from '../declare.ts'

const once = { at: ['own'] } as const

/** What is the whole service's. */
export const system: Table = {
  listAuditEntries: anyone('audit.read', () => ({}), once),
  listAttention: anyone('attention.acknowledge', () => ({}), once),
  acknowledgeAttention: anyone(
    'attention.acknowledge',
    (_, { alarm }) => ({ params: { attentionId: alarm }, body: { reason: '已核查，系误操作' } }),
    once,
  ),
  listJobs: anyone('system.operate', () => ({}), once),
  summariseJobs: anyone('system.operate', () => ({}), once),
  retryJob: anyone(
    'system.operate',
    (_, { job }) => ({ params: { jobId: job }, body: { state: 'waiting' } }),
    once,
  ),
  readClock: anyone('public', () => ({}), once),
  // To the same moment: the others are asked at it as well.
  setClock: anyone('system.operate', () => ({ body: { now: '2026-03-04T05:00:00.000Z' } }), once),
}
