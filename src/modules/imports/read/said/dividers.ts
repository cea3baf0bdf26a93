/** Dividing lines between the rows of a list: 市住建局, 一队（12人）, 三年二班 班主任：李敏. Pure. */
import { type Cell, textOf } from '#platform/files/cells.ts'
import { classIn, teamNamed } from '../defaults.ts'
import type { PartColumns } from '../entries.ts'
import type { Section } from '../entry.ts'
import { looksLikeUnit } from '../names.ts'
import { dividerText, levelOfDivider, roleOfDivider } from '../row-kinds.ts'
import { likeliestUnit, teacherIn } from './titles.ts'

const titleOfList =
  /^(?:.{0,4}单位|学校)[^:]{0,8}:|(?:名单|名册|通讯录|统计表|登记表|报名表|信息表|汇总表)(?:\([^)]*\))?$/

/** The unit named by a line between the rows: 市教育局, 单位：市教育局, or the title of the next list, 市教育局志愿者名单. */
function unitOfDivider(text: string): string | undefined {
  if (!looksLikeUnit(text) && !titleOfList.test(text)) return undefined
  return likeliestUnit(text) ?? (looksLikeUnit(text) ? text : undefined)
}

/** The rows below are of this unit; the titles of the sheet may name it already, more completely. */
function turnTo(section: Section, unit: string, ofSheet: readonly string[]): void {
  if (ofSheet.some((candidate) => candidate.endsWith(unit))) delete section.unit
  else section.unit = unit
}

/**
 * Takes what a dividing line says of the rows below it: their class with its teacher, their team, unit or role.
 * @param ofSheet the units that the titles of the sheet may mean
 */
export function divide(
  section: Section,
  cells: readonly Cell[],
  { list, dividers }: PartColumns,
  ofSheet: readonly string[],
): void {
  if (dividers !== undefined) {
    const line = cells.map((cell) => textOf(cell)).join('')
    const level = levelOfDivider(line)
    section.lines = [...(section.lines ?? []).filter((above) => levelOfDivider(above) < level), line]
    return
  }
  const text = dividerText(cells)
  delete section.unread
  const className = classIn(text)
  const team = teamNamed(text)
  const role = roleOfDivider(text, list)
  if (role) section.role = role
  else delete section.role
  const unit = team ? undefined : unitOfDivider(text)
  if (unit) {
    turnTo(section, unit, ofSheet)
    delete section.team
    delete section.class
  }
  if (className) {
    section.class = className
    const teacher = teacherIn(text)
    if (teacher) section.teacher = teacher
    else delete section.teacher
  } else if (team) section.team = team
  else if (!unit && !role) section.unread = true
}
