import type { TestApp } from '#test/support/app.ts'
import { aTeam, aUnit, openedPersons } from '#test/support/factories/organisation.ts'

export const headings = ['姓名', '手机', '单位', '队伍', '职务']

/** A unit with one team, both by name. */
export async function education(app: TestApp) {
  const unit = await aUnit(app.db, { name: '本溪市教育局' })
  const team = await aTeam(app.db, { unitId: unit.id, name: '教育局志愿服务队' })
  return { unit, team }
}

export const personNamed = async (app: TestApp, name: string) =>
  (await openedPersons(app)).filter((person) => person.name === name)
