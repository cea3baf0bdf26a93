/** A city that brings lists of points and of standards. */
import { asc } from 'drizzle-orm'
import { beforeAll } from 'vitest'
import { points, schemes, standards, standardUnits } from '#modules/inspection/schema.ts'
import type { OutCell } from '#platform/files/index.ts'
import type { SignedIn, TestApp } from '#test/support/app.ts'
import { aZone } from '#test/support/factories/grid.ts'
import { anInspectedCity, type InspectedCity } from '#test/support/factories/inspection.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { aWorkbook, importing, rowsOf } from '#test/support/factories/spreadsheets.ts'
import { sharedApp } from '#test/support/shared-app.ts'

// Monday 2 March 2026, 9:00.
export let app: TestApp
export let city: InspectedCity
export let office: SignedIn

/** Before the tests of a file: what they stand on. */
export function aListGround(): void {
  app = sharedApp({ at: '2026-03-02T09:00:00+08:00' })
  beforeAll(async () => {
    city = await anInspectedCity(app)
    office = city.office
    const [first, second] = city.districts
    await aZone(app.db, {
      ...{
        kind: 'subdistrict',
        code: '210502001',
        name: '南地街道',
        districtCode: '210502',
        parent: first!.zone,
      },
      boundary: square(123.76, 41.29),
    })
    await aZone(app.db, {
      ...{
        kind: 'subdistrict',
        code: '210503001',
        name: '河东街道',
        districtCode: '210503',
        parent: second!.zone,
      },
      boundary: square(123.8, 41.33),
    })
    for (const [code, districtCode] of [
      ['XS-1', '210502'],
      ['XS-2', '210503'],
    ] as const)
      await aZone(app.db, { kind: 'community', code, name: '幸福社区', districtCode })
    await aUnit(app.db, { name: '平山区房产局', districtCode: '210502' })
  })
}

export const square = (west: number, south: number, size = 0.01) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ] as [number, number][],
  ],
})

/** Everything of the slice that lists write. */
export const stored = async () => ({
  schemes: await app.db.read.select().from(schemes).orderBy(asc(schemes.id)),
  standards: await app.db.read.select().from(standards).orderBy(asc(standards.id)),
  units: await app.db.read.select().from(standardUnits).orderBy(asc(standardUnits.id)),
  points: await app.db.read.select().from(points).orderBy(asc(points.id)),
})

/** The same without the versions, which a change and its undo both raise. */
export const bare = (all: Awaited<ReturnType<typeof stored>>) =>
  JSON.parse(JSON.stringify(all, (key, value) => (key === 'version' ? undefined : value)))

export type Rows = OutCell[][]

export const bring = (rows: Rows, who: SignedIn = office, name = '名单.xlsx') =>
  aWorkbook(rows, name).then((file) => importing(app, [file], who))

export const verdicts = async (importId: string, who: SignedIn = office) =>
  (await rowsOf(app, importId, 'kind=data&limit=200', who)).map(({ judgement, problems, remarks }) =>
    [
      judgement,
      ...problems.map(({ code }: { code: string }) => code),
      ...remarks.map((r: never) => (r as { code: string }).code),
    ].join(' '),
  )

export const undo = (id: string, who: SignedIn = office) => app.as(who).delete(`/api/imports/${id}/commit`)
