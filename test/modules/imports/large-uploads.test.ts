/** A large file is written in parts while it arrives; whatever becomes of its upload, none of them is left behind. */
import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { importFileParts, importFiles } from '#modules/imports/schema.ts'
import { startWorker } from '#platform/jobs/worker.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { importOf, rowsOf } from '#test/support/factories/spreadsheets.ts'

const mebibyte = 1024 * 1024
const people = 60

/** Some four megabytes of CSV: its parts end in the middle of characters. */
const remark = (n: number) => `备注${n}：${'一二三四五六七八九十'.repeat(2_200)}`
const large = Buffer.from(
  [
    '姓名,手机,单位,队伍,备注',
    ...Array.from(
      { length: people },
      (_, n) => `王芳${'甲乙丙丁戊己'[n % 6]},154000${String(10_000 + n)},市教育局,一队,${remark(n)}`,
    ),
  ].join('\n'),
)

async function aBureau(app: TestApp): Promise<void> {
  const unit = await aUnit(app.db, { name: '市教育局' })
  await aTeam(app.db, { unitId: unit.id, name: '一队' })
}

const upload = (app: TestApp, files: readonly Buffer[], key = 'large-upload-1') => {
  const request = app.as('city_office').post('/api/imports').set('idempotency-key', key)
  return files.reduce((form, bytes, n) => form.attach('files', bytes, `名单${n}.csv`), request)
}

const parts = (app: TestApp) => app.db.read.$count(importFileParts)

test('its parts are a megabyte each, are read as one file, and are gone once it was read', async () => {
  await using app = await startApp({ worker: false })
  await aBureau(app)
  const { body } = await upload(app, [large]).expect(202)
  const [file] = await app.db.read.select().from(importFiles)
  const written = await app.db.read
    .select()
    .from(importFileParts)
    .where(eq(importFileParts.fileId, file!.id))
    .orderBy(asc(importFileParts.ordinal))
  const around = 28
  expect(file).toMatchObject({ sizeBytes: large.length, parts: written.length })
  expect(written.map(({ ordinal, content }) => [ordinal, content.length])).toEqual([
    ...[0, 1, 2].map((ordinal) => [ordinal, mebibyte + around]),
    [3, large.length - 3 * mebibyte + around],
  ])
  const worker = startWorker(app.context, app.jobs, { pollMs: 200 })
  await worker.idle()
  await worker.stop()
  expect(await importOf(app, body.id)).toMatchObject({ state: 'judged', counts: { new: people, error: 0 } })
  const rows = await rowsOf(app, body.id)
  expect(rows[people - 1]).toMatchObject({ values: { name: '王芳己', phone: ['154****0059'] } })
  expect(await parts(app)).toBe(0)
  expect((await app.db.read.select().from(importFiles)).map((each) => each.parts)).toEqual([0])
})

test('of an upload that is repeated, refused or broken off nothing is kept; what a crash left goes after a day', async () => {
  await using app = await startApp({ worker: false })
  await aBureau(app)
  const first = await upload(app, [large]).expect(202)
  expect(await parts(app)).toBe(4)
  const again = await upload(app, [large]).expect(202)
  expect(again.body.id).toBe(first.body.id)
  expect((await upload(app, [large, Buffer.from('姓名\n王芳\n')]).expect(422)).body.code).toBe(
    'idempotency.reused',
  )
  const tooLarge = await upload(app, [large, Buffer.alloc(21 * mebibyte)], 'large-upload-2').expect(413)
  expect(tooLarge.body.code).toBe('file.too_large')
  const boundary = 'x'.repeat(20)
  const broken = await app
    .as('city_office')
    .post('/api/imports')
    .set('content-type', `multipart/form-data; boundary=${boundary}`)
    .send(
      Buffer.concat([
        Buffer.from(
          `--${boundary}\r\ncontent-disposition: form-data; name="files"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\n`,
        ),
        large,
      ]),
    )
  expect(broken).toMatchObject({ status: 400, body: { code: 'form.malformed' } })
  expect(await parts(app)).toBe(4)

  // A service that ended while a file arrived leaves parts of no file.
  const fileId = '0199aaaa-0000-7000-8000-000000000000'
  await app.db.transaction((tx) =>
    tx.insert(importFileParts).values({
      ...{ id: fileId, fileId, ordinal: 0, content: Buffer.from('sealed'), createdAt: app.clock.now() },
    }),
  )
  const forget = async () => {
    await app.jobs['imports.forget']!.run(app.context, {}, { signal: new AbortController().signal } as never)
    return parts(app)
  }
  expect(await forget()).toBe(5)
  app.clock.advance({ days: 1, minutes: 1 })
  expect(await forget()).toBe(4)
})
