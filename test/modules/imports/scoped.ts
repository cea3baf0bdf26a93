import type { TestApp } from '#test/support/app.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'

/** A unit of one district with one team. */
export async function aPlace(app: TestApp, name: string, districtCode: string) {
  const unit = await aUnit(app.db, { name, districtCode })
  const team = await aTeam(app.db, { unitId: unit.id, name: `${name}一队` })
  return { unit, team }
}
