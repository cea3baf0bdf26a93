/** What a phone sent and was held: looked at entry by entry, taken as a patrol, or settled with a word. */
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aResponsibility, aZone } from '#test/support/factories/grid.ts'
import {
  actFor,
  anInspectedCity,
  anUpload,
  aPoint,
  aScheme,
  type InspectedCity,
} from '#test/support/factories/inspection.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

// Monday 2 March 2026, 9:00.
const app = sharedApp({ at: '2026-03-02T09:00:00+08:00' })
let city: InspectedCity
let scheme: { id: string; standards: Record<string, string> }
let compound: string
let point: { id: string; code: string }
let keeper: { id: string }

beforeAll(async () => {
  city = await anInspectedCity(app)
  scheme = await aScheme(app, city, [
    { code: 'JT-01', pointClass: 'compound', text: '楼道内无堆放杂物', dueClass: 'workdays:3' },
    { code: 'SC-01', pointClass: 'market', photo: 'never' },
    { code: 'GG-01', pointClass: 'common', photo: 'never' },
  ])
  keeper = await aUnit(app.db, { name: '平山区房产局', districtCode: '210502' })
  const [first] = city.districts
  const street = await aZone(app.db, { kind: 'compound', districtCode: first!.code, parent: first!.zone })
  compound = street.id
  await aResponsibility(app.db, { zoneId: street.id, unitId: keeper.id })
  point = await aPoint(app, city.office, { zoneId: street.id, name: '东明小区' })
})

const bring = async (upload: object, who: SignedIn = city.inspector) =>
  (await app.as(who).post('/api/visit-uploads').send(upload).expect(201)).body
const heldOf = async (operationId: string, who: SignedIn = city.office) => {
  const { body } = await app.as(who).get('/api/held-uploads?limit=200').expect(200)
  return body.items.find((each: { operationId: string }) => each.operationId === operationId)
}
const whole = async (id: string) =>
  (await app.as(city.office).get(`/api/held-uploads/${id}`).expect(200)).body
const decide = (of: { id: string; version: number }, what: 'visit' | 'settlement', body: object) =>
  app.as(city.office).put(`/api/held-uploads/${of.id}/${what}`).set('if-match', `"v${of.version}"`).send(body)
const picture = (colour: string) =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: colour } })
    .jpeg()
    .toBuffer()
const send = async (operationId: string, id: string, colour: string) =>
  app
    .as(city.inspector)
    .put(`/api/visit-uploads/${operationId}/pictures/${id}`)
    .attach('file', await picture(colour), 'seen.jpg')
    .expect(200)
const at = (pointId: string | null = point.id) => ({
  ...{ schemeId: scheme.id, zoneId: compound, pointId },
  note: '与督导员核实，点位未被抽中，内容属实',
})

test('what was held as a whole becomes a patrol of whoever sent it: cases, pictures and receipt follow, no score', async () => {
  const [there, late] = [newId(), newId()]
  const failing = { standardId: scheme.standards['JT-01'], answer: 'not', note: '3单元堆放旧家具' }
  const upload = anUpload(newId(), [
    { ...failing, pictureIds: [there, late] },
    { standardId: scheme.standards['SC-01'], answer: 'met' },
    { standardId: scheme.standards['GG-01'], answer: 'met' },
  ])
  expect(await bring(upload)).toMatchObject({ held: true, caseIds: [] })
  await send(upload.operationId, there, 'red')

  const listed = await heldOf(upload.operationId)
  expect(listed).toMatchObject({
    ...{ user: { id: city.inspector.userId }, visitId: null, place: null, observations: 3 },
    remarks: [{ entry: null, code: 'visit.not_drawn', kept: false }],
  })
  const held = await whole(listed.id)
  expect(held.allowed).toEqual({ settle: true, accept: true })
  expect(held.entries).toMatchObject([
    { entry: 0, standard: { code: 'JT-01' }, answer: 'not', observationId: null, awaited: 1 },
    { entry: 1, standard: { code: 'SC-01', pointClass: 'market' }, remarks: [] },
    { entry: 2, standard: { code: 'GG-01' } },
  ])
  expect(held.entries[0].pictures.map(({ id }: { id: string }) => id)).toEqual([there])

  const stale = await decide({ ...held, version: held.version + 1 }, 'visit', at())
  expect(stale.body.code).toBe('version.stale')
  const taken = (await decide(held, 'visit', at()).expect(200)).body
  expect(taken).toMatchObject({
    ...{ visitId: expect.any(String), settledNote: at().note, allowed: { settle: false, accept: false } },
    place: { scheme: { id: scheme.id }, point: { id: point.id } },
  })
  // The standard of markets does not fit a compound: it stays as it was sent, and is told.
  expect(
    taken.entries.map(({ remarks }: never) => (remarks as { code: string }[]).map(({ code }) => code)),
  ).toEqual([[], ['observation.other_class'], []])
  const { body: visit } = await app.as(city.office).get(`/api/visits/${taken.visitId}`).expect(200)
  expect(visit).toMatchObject({
    ...{ role: 'patrol', roundId: null, inspectorUserId: city.inspector.userId, balanced: null },
    ...{ point: { id: point.id }, startedAt: '2026-03-03T01:00:00.000Z', receivedAt: held.receivedAt },
  })
  expect(visit.observations).toHaveLength(2)

  // Its case waits for the second picture, which the phone sends on to where it belongs now.
  const cases = async () =>
    (await app.as(city.office).get(`/api/cases?pointId=${point.id}`).expect(200)).body.items
  expect(await cases()).toMatchObject([
    { source: 'patrol', unit: { id: keeper.id }, taskId: null, foundBy: { name: '市委督查室' } },
  ])
  await send(upload.operationId, late, 'blue')
  const [issued] = await cases()
  expect(issued).toMatchObject({ taskState: 'issued', issuedWithoutPicturesAt: null })
  const { body: seen } = await app.as(city.office).get(`/api/cases/${issued.id}`).expect(200)
  expect(seen.before.map(({ id }: { id: string }) => id).sort()).toEqual([there, late].sort())
  const { body: receipt } = await app
    .as(city.inspector)
    .get(`/api/visit-uploads/${upload.operationId}/receipt`)
    .expect(200)
  expect(receipt).toMatchObject({ held: false, complete: true, visitId: taken.visitId, caseIds: [issued.id] })

  // It is decided once.
  expect(await heldOf(upload.operationId)).toBeUndefined()
  expect((await decide(taken, 'visit', at())).body.code).toBe('upload.settled')
  expect((await decide(taken, 'settlement', { note: '不处理' })).body.code).toBe('upload.settled')
})

test('of an upload that fitted in part the rest is taken as a patrol, entry by entry, and what is left stays with its note', async () => {
  const own = await aPoint(app, city.office, { zoneId: compound, name: '平安里', code: 'PAL-1' })
  const seen = [
    { standardId: scheme.standards['GG-01'], answer: 'met' },
    { standardId: scheme.standards['SC-01'], answer: 'not', note: '门口流动摊点占道' },
    { standardId: scheme.standards['JT-01'] },
    { standardId: scheme.standards['GG-01'], answer: 'not' },
  ]
  const patrol = { schemeId: scheme.id, zoneId: compound, pointId: own.id }
  const upload = anUpload(null, seen, { patrol })
  const receipt = await bring(upload)
  expect([receipt.held, receipt.visitId]).toEqual([false, expect.any(String)])
  const held = await whole((await heldOf(upload.operationId)).id)
  expect(held.allowed).toEqual({ settle: true, accept: true })
  // The office reads of somebody else, whoever sent it of themselves.
  const textOf = (of: { remarks: { entry: number; text: string }[] }, entry: number) =>
    of.remarks.find((each) => each.entry === entry)?.text
  const zh = { 'accept-language': 'zh-CN' }
  const { body: office } = await app.as(city.office).get(`/api/held-uploads/${held.id}`).set(zh).expect(200)
  const { body: phone } = await app
    .as(city.inspector)
    .get(`/api/visit-uploads/${upload.operationId}/receipt`)
    .set(zh)
    .expect(200)
  expect([textOf(office, 2), textOf(phone, 2)]).toEqual(['督导员未填写结果。', '未填写结果，已暂存。'])

  // At the point itself nothing more fits than before.
  const there = { ...at(own.id), entries: [1, 2] }
  expect((await decide(held, 'visit', there)).body.code).toBe('upload.nothing_fits')
  const beside = { ...at(null), entries: [1, 2], note: '摊点属实，其余无法核实' }
  const taken = (await decide(held, 'visit', beside).expect(200)).body
  expect(taken).toMatchObject({
    ...{ visitId: receipt.visitId, patrolId: expect.any(String), settledNote: beside.note },
    allowed: { settle: false, accept: false },
  })
  expect(
    taken.entries.map(({ observationId, remarks }: never) => [
      observationId !== null,
      (remarks as { code: string }[]).map(({ code }) => code),
    ]),
  ).toEqual([
    [true, []],
    [true, []],
    [false, ['observation.answer_missing']],
    [false, ['observation.twice']],
  ])
  const { body: visit } = await app.as(city.office).get(`/api/visits/${taken.patrolId}`).expect(200)
  expect(visit).toMatchObject({ role: 'patrol', balanced: null, point: null })
  expect(visit.observations).toMatchObject([{ standard: { code: 'SC-01' }, answer: 'not' }])
  const { body: after } = await app
    .as(city.inspector)
    .get(`/api/visit-uploads/${upload.operationId}/receipt`)
    .expect(200)
  expect([after.visitId, after.caseIds.length]).toEqual([receipt.visitId, 1])
  expect(await heldOf(upload.operationId)).toBeUndefined()
})

test('on patrol one goes where the own role is: a district sends nobody into another one', async () => {
  const elsewhere = await aUnit(app.db, { name: '溪湖区文明办', districtCode: '210503' })
  const inspects = async (over: object) => {
    const who = await app.signIn({ role: 'inspector', ...over })
    await actFor(app, who, elsewhere.id)
    return who
  }
  const seen = [{ standardId: scheme.standards['GG-01'], answer: 'not' }]
  const patrolBy = async (who: SignedIn, pointId: string | null = null) => {
    const upload = anUpload(null, seen, { patrol: { schemeId: scheme.id, zoneId: compound, pointId } })
    const { held, remarks, caseIds } = await bring(upload, who)
    return held ? remarks[0].code : caseIds.length
  }
  const ofTheOther = await inspects({ districtCode: '210503' })
  expect(await patrolBy(ofTheOther)).toBe('inspector.beyond')
  const { body: asked } = await app.as(city.office).get('/api/held-uploads?limit=200').expect(200)
  const held = asked.items.find(({ userId }: { userId: string }) => userId === ofTheOther.userId)
  expect((await decide(held, 'visit', at(null))).body.code).toBe('inspector.beyond')
  expect(await patrolBy(await inspects({ districtCode: '210502' }))).toBe(1)
  expect(await patrolBy(await inspects({}))).toBe(1)
  // Over a unit: at its points, and nowhere else.
  const ofTheUnit = await inspects({ unitId: keeper.id })
  expect(await patrolBy(ofTheUnit)).toBe('inspector.beyond')
  const theirs = await aPoint(app, city.office, { zoneId: compound, unitId: keeper.id })
  expect(await patrolBy(ofTheUnit, theirs.id)).toBe(1)
})

test('who must not inspect there does not on patrol; what is of no use is settled with a word, and stays', async () => {
  const own = await app.signIn({ role: 'inspector' })
  await actFor(app, own, keeper.id)
  const seen = [{ standardId: scheme.standards['GG-01'], answer: 'not' }]
  const upload = anUpload(null, seen, { patrol: { schemeId: scheme.id, zoneId: compound } })
  const receipt = await bring(upload, own)
  expect([receipt.held, receipt.remarks[0].code]).toEqual([true, 'inspector.own_district'])
  const held = await heldOf(upload.operationId)
  expect(held.place).toMatchObject({ zone: { id: compound }, point: null })
  expect((await decide(held, 'visit', at(null))).body.code).toBe('inspector.own_district')
  const wrong = [
    [{ pointId: newId() }, 'point.missing'],
    [{ zoneId: newId(), pointId: null }, 'zone.missing'],
    [{ schemeId: newId() }, 'scheme.not_published'],
  ] as const
  for (const [more, code] of wrong)
    expect((await decide(held, 'visit', { ...at(), ...more })).body.code).toBe(code)

  const note = '本县区人员上传，另派人员走访'
  const settled = (await decide(held, 'settlement', { note }).expect(200)).body
  expect(settled).toMatchObject({ settledNote: note, visitId: null, sent: { observations: seen } })
  expect((await decide(settled, 'settlement', { note }).expect(200)).body.version).toBe(settled.version)
  expect((await decide(settled, 'visit', at())).body.code).toBe('upload.settled')
  expect(await heldOf(upload.operationId)).toBeUndefined()
  // Whoever runs the rounds of a district alone sees none of them.
  const district = await app.signIn({ role: 'district_office', districtCode: '210502' })
  const { body } = await app.as(district).get(`/api/held-uploads/${held.id}`).expect(404)
  expect(body.code).toBe('upload.missing')
})
