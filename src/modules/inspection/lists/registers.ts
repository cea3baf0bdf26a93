import type { SheetRegister } from '#modules/imports/index.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { judgePoints, type PlannedPoint } from './judge-points.ts'
import { judgeStandards, type PlannedScheme } from './judge-standards.ts'
import { pointSheets } from './point-sheets.ts'
import { standardSheets } from './standard-sheets.ts'
import {
  assertStandardsUntouched,
  assertStandardsWithin,
  rowsOfStandards,
  undoStandards,
} from './undo-standards.ts'
import {
  assertPointsUntouched,
  assertPointsWithin,
  pointSlices,
  rowsOfPoints,
  undoPoints,
} from './write-points.ts'
import { standardSlices } from './write-standards.ts'

/** Lists of points and of standards as offices write them, for imports. */
export function inspectionRegisters({ now, config }: AppContext): SheetRegister[] {
  const points: SheetRegister<PlannedPoint[]> = {
    name: 'points',
    permission: 'points.edit',
    lists: ['points'],
    sheets: pointSheets,
    judge: judgePoints,
    adds: (plan) => plan.filter(({ id }) => id === undefined).length,
    commit: pointSlices,
    assertUndo: assertPointsWithin,
    assertUnedited: assertPointsUntouched,
    rowsOf: rowsOfPoints,
    undo: undoPoints,
  }
  const standards: SheetRegister<PlannedScheme[]> = {
    name: 'standards',
    permission: 'schemes.edit',
    lists: ['standards'],
    sheets: standardSheets,
    judge: (rows, scene) => judgeStandards(rows, scene, dayIn(now(), config.timeZone)),
    adds: (plan) =>
      plan.reduce((sum, { standards: all }) => sum + all.filter(({ id }) => id === undefined).length, 0),
    commit: standardSlices,
    assertUndo: assertStandardsWithin,
    assertUnedited: assertStandardsUntouched,
    rowsOf: rowsOfStandards,
    undo: undoStandards,
  }
  return [points, standards] as SheetRegister[]
}
