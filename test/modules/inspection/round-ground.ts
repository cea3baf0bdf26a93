/** A scheme, points with somebody who answers, and inspectors: what tests of rounds and visits stand on. */
import sharp from 'sharp'
import { beforeAll } from 'vitest'
import type { SignedIn, TestApp } from '#test/support/app.ts'
import { aResponsibility, aZone } from '#test/support/factories/grid.ts'
import {
  anInspectedCity,
  aPoint,
  aScheme,
  type InspectedCity,
  visitsOf,
} from '#test/support/factories/inspection.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

// Monday 2 March 2026, 9:00.
export let app: TestApp
export let city: InspectedCity
export let scheme: { id: string; standards: Record<string, string> }
/** Answers for the compounds of the first district, and who acts for it. */
export let keeper: { id: string }
export let liaison: SignedIn
export let compounds: string

/** Before the tests of a file: what they stand on. */
export function aRoundGround(): void {
  app = sharedApp({ at: '2026-03-02T09:00:00+08:00' })
  beforeAll(async () => {
    city = await anInspectedCity(app)
    const { bureau } = city
    scheme = await aScheme(app, city, [
      { code: 'JT-01', pointClass: 'compound', text: '楼道内无堆放杂物', dueClass: 'workdays:3', weight: 2 },
      {
        ...{ code: 'JT-02', pointClass: 'compound', answer: 'count', photo: 'never', dueClass: 'hours:24' },
        thresholds: [
          { upTo: 0, score: 1 },
          { upTo: 3, score: 0.5 },
          { upTo: null, score: 0 },
        ],
        lead: { districtCode: null, unitId: bureau.id },
      },
      { code: 'JT-03', pointClass: 'compound', mayNotApply: true, photo: 'never' },
      { code: 'GG-01', pointClass: 'common', photo: 'never' },
      { code: 'SC-01', pointClass: 'market', photo: 'never' },
    ])
    keeper = await aUnit(app.db, { name: '平山区房产局', districtCode: '210502' })
    liaison = await app.signIn({ role: 'unit_administrator', unitId: keeper.id })
    for (const { code, zone } of city.districts) {
      const street = await aZone(app.db, { kind: 'subdistrict', districtCode: code, parent: zone })
      if (code === '210502') {
        compounds = street.id
        await aResponsibility(app.db, { zoneId: street.id, unitId: keeper.id })
      }
      for (let n = 0; n < 6; n++) await aPoint(app, city.office, { zoneId: street.id })
      for (let n = 0; n < 2; n++) await aPoint(app, city.office, { zoneId: street.id, pointClass: 'market' })
    }
  })
}

export const put = (who: SignedIn, url: string, version: number, body?: object) =>
  app
    .as(who)
    .put(url)
    .set('if-match', `"v${version}"`)
    .send(body as object)

export const met = (code: string, more: object = {}) => ({
  standardId: scheme.standards[code],
  answer: 'met',
  ...more,
})

export const picture = (colour: string) =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: colour } })
    .jpeg()
    .toBuffer()

/** Sends the inspector to every visit of a round. */
export async function sendTo(roundId: string) {
  const { office, inspector } = city
  const all = await visitsOf(app, office, roundId)
  const opensAt = '2026-03-03T08:00:00+08:00'
  const sent = all.map(({ id }) => ({ visitId: id, inspectorUserId: inspector.userId, opensAt }))
  await app.as(office).put(`/api/rounds/${roundId}/assignments`).send({ visits: sent }).expect(200)
  return all
}

export const bring = (upload: object, who: SignedIn = city.inspector) =>
  app.as(who).post('/api/visit-uploads').send(upload)

export const addPicture = (operationId: string, id: string, bytes: Buffer, who: SignedIn = city.inspector) =>
  app.as(who).put(`/api/visit-uploads/${operationId}/pictures/${id}`).attach('file', bytes, 'seen.jpg')
