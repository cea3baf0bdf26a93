import { eq } from 'drizzle-orm'
import { books, tasks } from '#modules/command/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import { alias } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { cases, points, standards } from '../schema.ts'
import { oddPictureOf } from './case-filters.ts'

const answering = alias(units, 'answering')
const finding = alias(units, 'finding')
const issuing = alias(units, 'issuing')

/** Cases with what stands around them. */
export function selectCases(db: Reader) {
  return db
    .select({
      row: cases,
      task: tasks,
      standard: { id: standards.id, code: standards.code, text: standards.text },
      point: { id: points.id, code: points.code, name: points.name },
      zone: { id: zones.id, name: zones.name },
      unit: { id: answering.id, name: answering.name },
      foundBy: { id: finding.id, name: finding.name },
      issuer: { path: issuing.path, districtCode: issuing.districtCode },
      oddPicture: oddPictureOf(db),
    })
    .from(cases)
    .innerJoin(books, eq(books.id, cases.bookId))
    .innerJoin(issuing, eq(issuing.id, books.issuerUnitId))
    .innerJoin(standards, eq(standards.id, cases.standardId))
    .innerJoin(zones, eq(zones.id, cases.zoneId))
    .leftJoin(tasks, eq(tasks.id, cases.taskId))
    .leftJoin(points, eq(points.id, cases.pointId))
    .leftJoin(answering, eq(answering.id, cases.unitId))
    .leftJoin(finding, eq(finding.id, cases.foundByUnitId))
}
export type FullCase = Awaited<ReturnType<typeof selectCases>>[number]
