import type { TestApp } from '#test/support/app.ts'
import { aZone } from '#test/support/factories/grid.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'

/** The offices that these lists name: one with a team, another with one, and a school. */
export async function offices(app: TestApp) {
  const bureau = await aUnit(app.db, { name: '市住建局' })
  const team = await aTeam(app.db, { unitId: bureau.id, name: '市住建局志愿服务队' })
  const other = await aUnit(app.db, { name: '行政局' })
  await aTeam(app.db, { unitId: other.id, name: '行政一队' })
  const school = await aUnit(app.db, { name: '实验小学', kind: 'school' })
  return { bureau, team, school }
}

/** The zones for which duties are listed. */
export async function threeZones(app: TestApp): Promise<void> {
  for (const code of ['R1', 'R2', 'R3']) await aZone(app.db, { code })
}

/** Numbers nobody has. */
export const [a, b, c, d, e, f] = [1, 2, 3, 4, 5, 6].map((n) => `1390000000${n}`) as [
  string,
  string,
  string,
  string,
  string,
  string,
]
