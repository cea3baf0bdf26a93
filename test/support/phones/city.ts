import { expect } from 'vitest'
import { type SignedIn, startApp } from '#test/support/app.ts'
import { aResponsibility, aZone } from '#test/support/factories/grid.ts'
import { actFor, aDrawnRound, anInspectedCity, aPoint, aScheme } from '#test/support/factories/inspection.ts'
import { aUnit } from '#test/support/factories/organisation.ts'

/** A city with a round in which everybody has some points to go to. */
export async function aCityOfPhones({
  phonesCount,
  visitsEach,
}: {
  phonesCount: number
  visitsEach: number
}) {
  const app = await startApp({ unused: true, at: '2026-03-03T08:30:00+08:00', worker: false })
  const city = await anInspectedCity(app)
  const { office, root } = city
  const scheme = await aScheme(app, city, [
    { code: 'A', pointClass: 'compound', photo: 'on_failure', dueClass: 'workdays:3' },
    { code: 'B', pointClass: 'compound', mayNotApply: true, photo: 'never' },
    { code: 'C', pointClass: 'common', photo: 'on_failure', dueClass: 'hours:24' },
  ])
  const keeper = await aUnit(app.db, { name: '平山区房产局', districtCode: '210502' })
  const district = city.districts[0]!
  const street = await aZone(app.db, {
    kind: 'subdistrict',
    districtCode: district.code,
    parent: district.zone,
  })
  await aResponsibility(app.db, { zoneId: street.id, unitId: keeper.id })
  const size = phonesCount * visitsEach
  for (let n = 0; n < size; n++) await aPoint(app, office, { zoneId: street.id })
  const round = await aDrawnRound(app, city, {
    schemeId: scheme.id,
    spec: { size, reserve: 0, districtCodes: ['210502'], pointClasses: ['compound'] },
  })
  const drawn: { id: string }[] = []
  for (let cursor = ''; ; ) {
    const { body } = await app
      .as(office)
      .get(`/api/rounds/${round.id}/visits?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    drawn.push(...body.items)
    if (!body.nextCursor) break
    cursor = body.nextCursor
  }
  expect(drawn).toHaveLength(size)
  const inspectors: SignedIn[] = []
  for (let n = 0; n < phonesCount; n++) {
    const inspector = await app.signIn({ role: 'inspector' })
    await actFor(app, inspector, root.id)
    inspectors.push(inspector)
  }
  const opensAt = '2026-03-03T08:00:00+08:00'
  const assigned = drawn.map(({ id }, n) => ({
    visitId: id,
    inspectorUserId: inspectors[n % phonesCount]!.userId,
    opensAt,
  }))
  await app.as(office).put(`/api/rounds/${round.id}/assignments`).send({ visits: assigned }).expect(200)
  const { databaseUrl, dataDir } = app.context.config
  return { app, inspectors, scheme, street, databaseUrl, dataDir, drawn }
}

export type City = Awaited<ReturnType<typeof aCityOfPhones>>
