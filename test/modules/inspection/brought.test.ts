/** What a phone saved as a file because it could not send it: brought by whoever runs the round, as if the phone had sent it. */
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aResponsibility, aZone } from '#test/support/factories/grid.ts'
import {
  actFor,
  aDrawnRound,
  anInspectedCity,
  anUpload,
  aPoint,
  aScheme,
  type InspectedCity,
  visitsOf,
} from '#test/support/factories/inspection.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

// Monday 2 March 2026, 9:00.
const app = sharedApp({ at: '2026-03-02T09:00:00+08:00' })
let city: InspectedCity
let scheme: { id: string; standards: Record<string, string> }
let compound: string
let roundId: string
let visitIds: string[]

beforeAll(async () => {
  city = await anInspectedCity(app)
  scheme = await aScheme(app, city, [
    { code: 'JT-01', pointClass: 'compound', text: '楼道内无堆放杂物', dueClass: 'workdays:3' },
    { code: 'GG-01', pointClass: 'common', photo: 'never' },
  ])
  const keeper = await aUnit(app.db, { name: '平山区房产局', districtCode: '210502' })
  const [first] = city.districts
  compound = (await aZone(app.db, { kind: 'compound', districtCode: first!.code, parent: first!.zone })).id
  await aResponsibility(app.db, { zoneId: compound, unitId: keeper.id })
  for (let n = 0; n < 3; n++) await aPoint(app, city.office, { zoneId: compound })
  const round = await aDrawnRound(app, city, { schemeId: scheme.id, spec: { size: 3 } })
  roundId = round.id
  visitIds = (await visitsOf(app, city.office, roundId)).map(({ id }) => id)
  const opensAt = '2026-03-02T09:00:00+08:00'
  const inspectorUserId = city.inspector.userId
  await app
    .as(city.office)
    .put(`/api/rounds/${roundId}/assignments`)
    .send({ visits: visitIds.map((visitId) => ({ visitId, inspectorUserId, opensAt })) })
    .expect(200)
})

const bring = (visit: object, { who = city.office, of = city.inspector.userId, to = roundId } = {}) =>
  app.as(who).post(`/api/rounds/${to}/visit-uploads`).send({ inspectorUserId: of, visit })
const aPicture = () =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer()
const met = (code: string, more: object = {}) => ({
  standardId: scheme.standards[code],
  answer: 'met',
  ...more,
})

test('a visit from a file is a visit of its inspector, with its pictures and cases; the phone that sends it later adds nothing', async () => {
  const pictureId = newId()
  const seen = [
    met('JT-01', { answer: 'not', note: '3单元堆放旧家具', pictureIds: [pictureId] }),
    met('GG-01'),
    { standardId: newId(), answer: 'met' },
  ]
  const upload = anUpload(visitIds[0]!, seen)
  const receipt = (await bring(upload).set('accept-language', 'zh-CN').expect(201)).body
  expect(receipt).toMatchObject({
    ...{ visitId: visitIds[0], held: false, complete: false, caseIds: [expect.any(String)] },
    remarks: [{ entry: 2, code: 'observation.standard_unknown', text: '所用的测评体系中没有该标准。' }],
  })
  await app
    .as(city.office)
    .put(`/api/rounds/${roundId}/visit-uploads/${upload.operationId}/pictures/${pictureId}`)
    .attach('file', await aPicture(), 'seen.jpg')
    .expect(200)
  const again = (await bring(upload).expect(201)).body
  expect(again).toMatchObject({ id: receipt.id, complete: true, caseIds: receipt.caseIds })

  // The phone found a network after all: nothing is there twice, and it may let go of everything.
  const phone = (await app.as(city.inspector).post('/api/visit-uploads').send(upload).expect(201)).body
  expect(phone).toMatchObject({ id: receipt.id, complete: true })
  await app
    .as(city.inspector)
    .put(`/api/visit-uploads/${upload.operationId}/pictures/${pictureId}`)
    .attach('file', await aPicture(), 'seen.jpg')
    .expect(200)
  const visit = (await visitsOf(app, city.office, roundId)).find(({ id }) => id === visitIds[0])
  expect(visit).toMatchObject({ receivedAt: expect.any(String), balanced: { percent: expect.any(Number) } })
  const { body } = await app.as(city.office).get(`/api/cases?roundId=${roundId}`).expect(200)
  expect(body.items).toMatchObject([{ id: receipt.caseIds[0], foundBy: { name: '市委督查室' } }])
  const trail = await app.as('auditor').get('/api/audit?action=visit.received').expect(200)
  expect(trail.body.items[0]).toMatchObject({ details: { inspectorUserId: city.inspector.userId } })
})

test('the other way round, what the phone sent first is there once, too; another content under its id is refused', async () => {
  const upload = anUpload(visitIds[1]!, [met('JT-01'), met('GG-01')])
  const phone = (await app.as(city.inspector).post('/api/visit-uploads').send(upload).expect(201)).body
  expect((await bring(upload).expect(201)).body.id).toBe(phone.id)
  const other = await bring({ ...upload, observations: [met('GG-01')] })
  expect(other.body.code).toBe('upload.operation_taken')
  // A second upload of the same visit is held, as it would be from a phone.
  const second = (await bring(anUpload(visitIds[1]!, [met('GG-01')])).expect(201)).body
  expect([second.held, second.remarks[0].code]).toEqual([true, 'visit.received'])
  // It came home: nobody else is sent there for it.
  const again = {
    visitId: visitIds[1],
    inspectorUserId: city.inspector.userId,
    opensAt: '2026-03-02T09:00:00+08:00',
  }
  const assigned = await app
    .as(city.office)
    .put(`/api/rounds/${roundId}/assignments`)
    .send({ visits: [again] })
  expect([assigned.status, assigned.body.code]).toEqual([409, 'visit.received'])
})

test('only whoever runs the round brings it, only visits of this round, and only of somebody who was sent there', async () => {
  const upload = anUpload(visitIds[2]!, [met('JT-01'), met('GG-01')])
  const district = await app.signIn({ role: 'district_office', districtCode: '210502' })
  expect((await bring(upload, { who: district })).body.code).toBe('round.missing')
  const stranger: SignedIn = await app.signIn({ role: 'inspector' })
  expect((await bring(upload, { of: stranger.userId })).body.code).toBe('inspector.not_in_round')
  expect((await bring(anUpload(newId(), []))).body.code).toBe('visit.missing')
  // Of a round of their own a district brings neither a visit of another round nor a patrol.
  const unit = await aUnit(app.db, { name: '平山区文明办', districtCode: '210502' })
  await actFor(app, district, unit.id)
  const own = await app
    .as(district)
    .post('/api/rounds')
    .send({
      ...{ kind: 'self_test', title: '自查', issuerUnitId: unit.id, schemeId: scheme.id, spec: { size: 1 } },
      ...{ opensAt: '2026-03-02T08:00:00+08:00', endsAt: '2026-03-31T18:00:00+08:00' },
    })
    .expect(201)
  expect((await bring(upload, { who: district, to: own.body.id })).body.code).toBe('visit.missing')
  const patrol = anUpload(null, [], { patrol: { schemeId: scheme.id, zoneId: compound } })
  expect((await bring(patrol, { who: district, to: own.body.id })).body.code).toBe('access.out_of_reach')
  // The city office brings the patrol of an inspector of its round.
  const taken = (await bring({ ...patrol, observations: [met('GG-01', { answer: 'not' })] }).expect(201)).body
  expect(taken).toMatchObject({ held: false, visitId: expect.any(String) })
})
