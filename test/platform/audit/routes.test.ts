import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditEntries } from '#platform/audit/schema.ts'
import { sealEntries } from '#platform/audit/seal.ts'
import { readWorkbook, textOf } from '#platform/files/index.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aUser } from '#test/support/factories/accounts.ts'
import { aPerson, aUnit } from '#test/support/factories/organisation.ts'

let app: TestApp
let unit: { id: string }
beforeAll(async () => {
  app = await startApp({ worker: false, unused: true })
  unit = await aUnit(app.db, { name: '市图书馆' })
  const user = await aUser(app.db, { name: '馆长', grants: [] })
  await app.as('city_office').put(`/api/units/${unit.id}/closure`).set('if-match', '"v1"').expect(200)
  await app
    .as('city_office')
    .post(`/api/users/${user.id}/grants`)
    .send({ role: 'viewer', unitId: (await aUnit(app.db)).id })
    .expect(201)
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
})

test('entries are sentences in the language of the reader, with names of accounts and units, never of people', async () => {
  const { id: personId } = await aPerson(app, { name: '王小明' })
  await app.as('city_office').get(`/api/persons/${personId}/revealed`)
  const read = async (language: string) =>
    (await app.as('auditor').get('/api/audit').set('accept-language', language).expect(200)).body
  const zh = await read('zh')
  const closed = (items: { action: string }[]) => items.find(({ action }) => action === 'unit.closed')
  expect(closed(zh.items)).toMatchObject({
    text: '停用单位',
    about: { kind: '单位', name: '市图书馆' },
    actor: { kind: 'user', name: '测试用户' },
  })
  expect(closed((await read('en')).items)).toMatchObject({
    text: 'closed a unit',
    about: { kind: 'unit', name: '市图书馆' },
  })
  expect(JSON.stringify(zh)).not.toContain('王小明')
  const { body } = await app.as('auditor').get('/api/audit-actions').expect(200)
  expect(body.items).toContainEqual({ action: 'unit.closed', zh: '停用单位', en: 'closed a unit' })
})

test('the trail is exported as it is filtered, and the export is an entry of its own', async () => {
  const download = await app
    .as('auditor')
    .get('/api/exports/audit.xlsx?action=unit.closed&lang=zh')
    .buffer()
    .parse((response, done) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => done(null, Buffer.concat(parts)))
    })
    .expect(200)
  const [sheet] = (await readWorkbook(download.body as Buffer)).sheets
  const texts = sheet?.rows.map((row) => row.cells.slice(1, 5).map(textOf))
  expect(texts).toEqual([
    ['操作人', '事项', '对象类别', '对象'],
    ['测试用户', '停用单位', '单位', '市图书馆'],
  ])
  const { body } = await app.as('auditor').get('/api/audit?action=audit.exported').expect(200)
  expect(body.items).toMatchObject([{ details: { rows: 1, filter: { action: 'unit.closed' } } }])
})

test('the chain tells how far it is sealed, and a check finds what was changed', async () => {
  const auditor = app.as('auditor')
  const chain = async () => (await auditor.get('/api/audit-chain').expect(200)).body
  const before = await chain()
  expect(before).toMatchObject({ sealed: 0, sealedAt: null, genuine: true })
  expect(before.unsealed).toBeGreaterThan(0)
  await sealEntries({ ...app.context, now: app.context.now })
  const after = await chain()
  expect(after).toMatchObject({ sealed: before.unsealed, unsealed: 0, last: before.unsealed })
  const verify = async () => (await auditor.post('/api/audit-chain/verifications').expect(200)).body
  expect(await verify()).toEqual({
    whole: true,
    entries: after.sealed,
    unsealed: 0,
    number: null,
    because: null,
  })
  const [first] = await app.db.read.select().from(auditEntries).where(eq(auditEntries.number, 1))
  await app.db.transaction((tx) =>
    tx.update(auditEntries).set({ subject: 'unit:other' }).where(eq(auditEntries.id, first!.id)),
  )
  expect(await verify()).toMatchObject({ whole: false, number: 1, because: 'changed' })
  const { body } = await auditor.get('/api/audit?action=audit.verified').expect(200)
  expect(body.items.map((each: { details: object }) => each.details)).toEqual([
    { whole: false },
    { whole: true },
  ])
})
