/** What a row of a list says of a standard; each cell that is not understood is refused by name. */
import { readDue, readUnits } from '#modules/command/index.ts'
import { districtCodeOf, type Judging, refuse, resolveUnit, type Scene } from '#modules/imports/index.ts'
import { coversUnit } from '#modules/organisation/index.ts'
import type { Threshold } from '../schemes/tables.ts'
import type { AnswerKind, PhotoRule, Severity, StandardClass } from '../words.ts'
import {
  answerKindIn,
  numberIn,
  photoRuleIn,
  severityIn,
  standardClassIn,
  thresholdsIn,
  yesNoIn,
} from './cell-words.ts'
import type { Answering } from './scheme-book.ts'
import { standardReasons } from './standard-reasons.ts'
import type { StandardCells } from './standard-sheets.ts'

/** What is said of a standard itself; what a row leaves out is absent. */
export interface StandardSaid {
  text?: string
  pointClass?: StandardClass
  /** The name of its indicator. */
  indicator?: string
  weight?: number
  observations?: number
  answer?: AnswerKind
  thresholds?: Threshold[]
  mayNotApply?: boolean
  photo?: PhotoRule
  dueClass?: string
  severity?: Severity
}

type Reason = (typeof standardReasons)[keyof typeof standardReasons]

/** The value of a cell that has words of its own; refused where they are not understood. */
function said<T>(
  judging: Judging,
  field: keyof StandardCells,
  cell: string | undefined,
  read: (text: string) => T | undefined,
  reason: Reason,
): T | undefined {
  if (cell === undefined) return undefined
  const value = read(cell)
  if (value === undefined) refuse(judging, field, reason, { value: cell })
  return value
}

/** @param today `YYYY-MM-DD` */
export function readStandard(judging: Judging, cells: StandardCells, today: string): StandardSaid {
  const { standardWeight, thresholds: steps, above } = cells
  const read = <T>(field: keyof StandardCells, to: (text: string) => T | undefined, reason: Reason) =>
    said(judging, field, cells[field] as string | undefined, to, reason)
  const indicator = (cells.taskGroup ?? above?.at(-1))?.replace(leadingNumber, '').trim()
  if (indicator !== undefined && indicator.length > 100)
    refuse(judging, 'taskGroup', standardReasons.indicatorLong)
  const text = textOf(cells)
  if (text !== undefined && text.length > 1000) refuse(judging, 'taskText', standardReasons.textLong)
  const weight = read('standardWeight', numberIn, standardReasons.weightUnread)
  if (weight === 0)
    refuse(judging, 'standardWeight', standardReasons.weightZero, { value: standardWeight ?? '' })
  else if (weight !== undefined && (weight < 0 || weight > 10_000))
    refuse(judging, 'standardWeight', standardReasons.weightUnread, { value: standardWeight ?? '' })
  const thresholds = read('thresholds', thresholdsIn, standardReasons.thresholdsUnread)
  const answer =
    read('answerKind', answerKindIn, standardReasons.answerUnknown) ?? (thresholds ? 'count' : undefined)
  if (answer === 'count' && steps === undefined)
    refuse(judging, 'thresholds', standardReasons.thresholdsMissing)
  if (answer === 'met' && thresholds) refuse(judging, 'thresholds', standardReasons.thresholdsUnread)
  return present({
    text,
    indicator: indicator === '' ? undefined : indicator,
    weight,
    thresholds,
    answer,
    pointClass: read('pointClass', standardClassIn, standardReasons.classUnknown),
    observations: read('observations', wholeIn, standardReasons.observationsUnread),
    mayNotApply: read('mayNotApply', yesNoIn, standardReasons.yesOrNo),
    photo: read('photoRule', photoRuleIn, standardReasons.photoUnknown),
    severity: read('severity', severityIn, standardReasons.severityUnknown),
    dueClass: read('due', (words) => limitIn(words, today), standardReasons.dueUnread),
  })
}

const leadingNumber =
  /^\s*(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、|[ⅠⅡⅢⅣⅤⅥ]+[-\d]*|\d+[.、])\s*/

const present = <T extends object>(record: T) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  }

function textOf({ taskText, acceptance }: StandardCells): string | undefined {
  if (taskText === undefined || acceptance === undefined || taskText === acceptance)
    return acceptance ?? taskText
  return `${taskText}：${acceptance}`
}

function wholeIn(text: string): number | undefined {
  const number = numberIn(text)
  return number !== undefined && Number.isInteger(number) && number >= 1 && number <= 100 ? number : undefined
}

/** A limit from the finding; a day of the calendar is none. */
function limitIn(words: string, today: string): string | undefined {
  const due = readDue(words, today)
  return typeof due === 'object' && due.kind === 'limit' ? due.limit : undefined
}

/** Who leads and supports it in the district of the row, else in the whole city; undefined: the row waits or is refused. */
export function readAnswering(
  judging: Judging,
  { leadUnits, owingUnits, supportUnits }: StandardCells,
  scene: Scene,
): Answering[] | undefined {
  const { district } = judging.row.entry
  const code = district === undefined ? '' : districtCodeOf(district, scene.districts)
  if (code === undefined)
    refuse(judging, 'district', standardReasons.districtUnknown, { value: district ?? '' })
  const reach = scene.gate.reachOf('standards')
  const unitsIn = (field: keyof StandardCells, cell: string | undefined) => {
    const { names, many } = readUnits(cell)
    if (many.length > 0) refuse(judging, field, standardReasons.unitsMany, { value: many.join('、') })
    const found = [...new Set(names.flatMap((name) => resolveUnit(judging, name, scene) ?? []))]
    for (const ref of found) {
      const place = scene.book.placeOf(ref)
      if (reach?.everything || (reach && place && coversUnit(reach, place))) continue
      refuse(judging, field, standardReasons.unitBeyond, { value: scene.book.nameOf(ref) })
    }
    return found
  }
  const first = unitsIn('leadUnits', leadUnits)
  const owing = unitsIn('owingUnits', owingUnits)
  const support = unitsIn('supportUnits', supportUnits)
  const lead = first.length > 0 ? first : owing
  if (lead.length > 1)
    refuse(judging, first.length > 0 ? 'leadUnits' : 'owingUnits', standardReasons.leadSeveral)
  if (!judging.open || code === undefined) return undefined
  const others = [...new Set([...(first.length > 0 ? owing : []), ...support])]
  return [
    ...lead.map((unit) => ({ districtCode: code, unit, role: 'lead' as const })),
    ...others
      .filter((unit) => !lead.includes(unit))
      .map((unit) => ({ districtCode: code, unit, role: 'support' as const })),
  ]
}
