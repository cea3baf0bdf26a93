import { isoOf } from '#platform/time.ts'
import { bulletin } from './bulletin.ts'
import type { EventReport, Figures, SnapshotDetail, SnapshotView } from './contract.ts'
import type { Snapshot } from './take-snapshot.ts'

const later = { pending: 0, gradeA: 0, gradeB: 0, gradeC: 0, gradeD: 0 }

/** Adds null or 0 for figures that did not exist yet when the snapshot was made. Stored figures stay unchanged. */
function complete(figures: Figures): Figures {
  return { ...later, ...figures }
}

/** A stored report in today's format: figures it does not have are null or 0. */
function completeReport(report: EventReport): EventReport {
  const breakdowns = Object.fromEntries(
    Object.entries(report.breakdowns).map(([by, lines]) => [
      by,
      lines.map((line) => ({ ...line, figures: complete(line.figures) })),
    ]),
  ) as EventReport['breakdowns']
  return {
    ...report,
    participants: { ...report.participants, came: report.participants.came ?? null },
    lastShiftEndsAt: report.lastShiftEndsAt ?? null,
    total: complete(report.total),
    breakdowns,
  }
}

/** A snapshot as it appears in lists. */
export function presentSnapshot({ id, eventId, title, cutOffAt, createdAt, report }: Snapshot): SnapshotView {
  const total = complete(report.total)
  return { id, eventId, title, cutOffAt: isoOf(cutOffAt), createdAt: isoOf(createdAt), total }
}

/** A snapshot with its figures and definitions. */
export function presentSnapshotDetail(snapshot: Snapshot): SnapshotDetail {
  const report = completeReport(snapshot.report)
  return {
    ...presentSnapshot(snapshot),
    report,
    bulletin: { zh: bulletin(report, 'zh'), en: bulletin(report, 'en') },
  }
}
