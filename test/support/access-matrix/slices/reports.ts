import { type Ask, anyone, rule, type Table } from '../declare.ts'
import type { Target } from '../world.ts'

const atEvent = ({ event }: Target): Ask => ({ params: { eventId: event } })
const atSnapshot = ({ snapshot }: Target): Ask => ({ params: { snapshotId: snapshot } })

/** Everybody reads the figures of their own part; what was frozen is of the whole event, and the organiser's. */
export const reports: Table = {
  readReport: anyone('reports.read', atEvent),
  // The bulletin is asked for at every position; a file costs a thread.
  exportReport: anyone('reports.read', atEvent, { at: ['own', 'other'] }),
  readBulletin: anyone('reports.read', atEvent),
  takeReportSnapshot: rule('reports.snapshot', 'unit', (target) => ({ ...atEvent(target), body: {} })),
  listReportSnapshots: rule('reports.read', 'unit', atEvent),
  readReportSnapshot: rule('reports.read', 'unit', atSnapshot),
  exportReportSnapshot: rule('reports.read', 'unit', atSnapshot, {
    at: ['own', 'sibling', 'other', 'parent'],
  }),
}
