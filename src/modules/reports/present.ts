import { isoOf } from '#platform/time.ts'
import { bulletin } from './bulletin.ts'
import type { SnapshotDetail, SnapshotView } from './contract.ts'
import type { Snapshot } from './take-snapshot.ts'

export function presentSnapshot({ id, eventId, title, cutOffAt, createdAt, report }: Snapshot): SnapshotView {
  return { id, eventId, title, cutOffAt: isoOf(cutOffAt), createdAt: isoOf(createdAt), total: report.total }
}

export function presentSnapshotDetail(snapshot: Snapshot): SnapshotDetail {
  const { report } = snapshot
  return {
    ...presentSnapshot(snapshot),
    report,
    bulletin: { zh: bulletin(report, 'zh'), en: bulletin(report, 'en') },
  }
}
