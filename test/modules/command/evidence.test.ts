import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { eq } from 'drizzle-orm'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { tasks } from '#modules/command/schema.ts'
import { openBackupKey } from '#platform/backup/backup-key.ts'
import { backupPictures, restorePictures } from '#platform/backup/picture-files.ts'
import { newId } from '#platform/ids.ts'
import { pictures } from '#platform/pictures/index.ts'
import { pictureFile } from '#platform/pictures/store.ts'
import { sweepPictures } from '#platform/pictures/sweep.ts'
import type { SignedIn } from '#test/support/app.ts'
import { aZone } from '#test/support/factories/grid.ts'
import { aUnit } from '#test/support/factories/organisation.ts'
import { sharedApp } from '#test/support/shared-app.ts'

const app = sharedApp({ at: '2026-03-02T09:00:00+08:00', unused: true })
let owing: { id: string }
let liaison: SignedIn
let stranger: SignedIn
let made: string[]

/** Two tasks that one unit owes, at a place. */
beforeAll(async () => {
  const city = await aUnit(app.db, { name: '市文明办' })
  owing = await aUnit(app.db, { name: '房产局', parentId: city.id })
  const other = await aUnit(app.db, { name: '城管局', parentId: city.id })
  liaison = await app.signIn({ role: 'unit_administrator', unitId: owing.id })
  stranger = await app.signIn({ role: 'unit_administrator', unitId: other.id })
  const office = app.as('city_office')
  const { body: book } = await office
    .post('/api/books')
    .send({ kind: 'checklist', title: '达标清单', issuerUnitId: city.id })
    .expect(201)
  const zone = await aZone(app.db, { name: '永丰小区' })
  made = []
  for (const outline of ['1', '2']) {
    const task = {
      kind: 'item',
      outline,
      text: '清理楼道',
      unitId: owing.id,
      zoneId: zone.id,
      dueKind: 'none',
    }
    made.push((await office.post(`/api/books/${book.id}/tasks`).send(task).expect(201)).body.id)
  }
  await office.put(`/api/books/${book.id}/publication`).set('if-match', '"v1"').expect(200)
})

/** A picture like no other one of this file. */
const aPicture = (seed: number, width = 400, height = 300) => {
  const cells = Array.from({ length: 72 }, (_, n) => createHash('sha256').update(`${seed} ${n}`).digest()[0]!)
  const grey = Buffer.alloc(width * height)
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * 8) / height) * 9
    for (let x = 0; x < width; x++) grey[y * width + x] = cells[row + Math.floor((x * 9) / width)]!
  }
  return sharp(grey, { raw: { width, height, channels: 1 } })
}
const jpegOf = (picture: Sharp, quality = 90) =>
  picture
    .withExif({ IFD0: { Make: 'Phone' } })
    .jpeg({ quality })
    .toBuffer()

const send = (bytes: Buffer, more: { id?: string; task?: string; query?: string; who?: SignedIn } = {}) =>
  app
    .as(more.who ?? liaison)
    .put(`/api/tasks/${more.task ?? made[0]}/pictures/${more.id ?? newId()}${more.query ?? ''}`)
    .attach('files', bytes, '现场.jpg')

const dataDir = () => app.context.config.dataDir

test('a picture is kept small, upright and without metadata, once for its id, and seen by whoever reaches its task', async () => {
  const turned = await aPicture(1, 2400, 1200)
    .withExif({ IFD0: { Make: 'Phone' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  const id = newId()
  const { body } = await send(turned, { id, query: '?stage=before' }).expect(200)
  expect(body).toMatchObject({ id, stage: 'before', width: 800, height: 1600, flags: [], place: 'none' })
  expect((await send(turned, { id, query: '?stage=before' }).expect(200)).body).toEqual(body)
  expect((await send(await jpegOf(aPicture(2)), { id }).expect(409)).body.code).toBe('picture.id_taken')
  const other = await app.signIn({ role: 'unit_administrator', unitId: owing.id })
  const sameOf = { id, query: '?stage=before', who: other }
  expect((await send(turned, sameOf).expect(409)).body.code).toBe('picture.id_taken')
  const answer = await app.as(liaison).get(body.url).expect(200).expect('content-type', 'image/jpeg')
  // It may show people: no browser keeps it.
  expect(answer.headers['cache-control']).toBe('no-store')
  const { exif, orientation, icc, xmp } = await sharp(answer.body).metadata()
  expect({ exif, orientation, icc, xmp }).toEqual({
    exif: undefined,
    orientation: undefined,
    icc: undefined,
    xmp: undefined,
  })
  expect((await app.as(stranger).get(body.url).expect(404)).body.code).toBe('picture.missing')
  const list = await app.as(liaison).get(`/api/tasks/${made[0]}/pictures`).expect(200)
  expect(list.body.items).toEqual([body])
  await send(turned, { who: stranger }).expect(404)
})

test('what is no picture, is cut off, or unpacks to too much is refused by name', async () => {
  const whole = await jpegOf(aPicture(3))
  const bomb = await sharp({
    create: { width: 9000, height: 9000, channels: 3, background: '#fff' },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 9 })
    .toBuffer()
  const codes = []
  for (const bytes of [
    Buffer.from('<html>no picture at all</html>'),
    Buffer.from('%PDF-1.7 and more than a few bytes'),
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200)]),
    whole.subarray(0, Math.floor(whole.length / 2)),
    bomb,
  ])
    codes.push((await send(bytes)).body.code)
  expect(codes).toEqual([
    'picture.wrong_type',
    'picture.wrong_type',
    'picture.damaged',
    'picture.damaged',
    'picture.too_many_pixels',
  ])
})

test('the same picture under another task, before and after, or of another time is flagged and kept', async () => {
  const original = aPicture(4)
  await send(await jpegOf(original.clone()), { query: '?stage=before' }).expect(200)
  const again = await jpegOf(original.clone().resize(320), 60)
  const flags = async (query: string, task = made[0]!, bytes = again) =>
    (await send(bytes, { task, query }).expect(200)).body.flags
  const time = (hours: number) =>
    encodeURIComponent(new Date(app.clock.now().toMillis() + hours * 3_600_000).toISOString())
  expect([
    await flags('?stage=after'),
    await flags('?stage=before', made[1]!),
    await flags(`?claimedAt=${time(2)}`, made[1]!, await jpegOf(aPicture(5))),
    await flags(`?claimedAt=${time(-72)}`, made[1]!, await jpegOf(aPicture(6))),
    await flags(`?claimedAt=${time(2)}&clockOffsetSeconds=7200`, made[1]!, await jpegOf(aPicture(7))),
  ]).toEqual([['same_stage'], ['same_elsewhere'], ['time_ahead'], ['time_old'], []])
})

test('a picture is backed up once, comes back whole, and its file goes only when nothing names it', async () => {
  const id = newId()
  await send(await jpegOf(aPicture(8)), { id, task: made[1]! }).expect(200)
  const [row] = await app.db.read.select().from(pictures).where(eq(pictures.id, id))
  const file = pictureFile(dataDir(), row!.sha256)
  expect(existsSync(file)).toBe(true)
  const folder = mkdtempSync(join(tmpdir(), 'muster-pictures-'))
  const key = openBackupKey(join(folder, 'backup-key.json'))
  const place = { dataDir: dataDir(), folder, key }
  expect(await backupPictures(place)).toBeGreaterThan(0)
  expect(await backupPictures(place)).toBe(0)
  const later = Date.now() + 7 * 3600 * 1000
  const { signal } = new AbortController()
  // Only that of the picture whose id was taken.
  expect(await sweepPictures({ db: app.db, config: { dataDir: dataDir() } }, signal, later)).toBe(1)
  expect(existsSync(file)).toBe(true)
  rmSync(file)
  const wanted = [row!.sha256, '0'.repeat(64)]
  expect(await restorePictures({ ...place, wanted })).toEqual({ restored: 1, lost: ['0'.repeat(64)] })
  expect(existsSync(file)).toBe(true)
  const sealed = join(folder, 'pictures', row!.sha256.slice(0, 2), `${row!.sha256}.sealed`)
  writeFileSync(sealed, 'changed')
  expect((await restorePictures({ ...place, wanted: [row!.sha256] })).lost).toEqual([row!.sha256])
  // Whoever reaches the task sees the picture; only who sent it takes it away.
  const colleague = await app.signIn({ role: 'unit_administrator', unitId: owing.id })
  for (const who of [colleague, 'city_office'] as const) {
    const { body } = await app.as(who).delete(`/api/tasks/${made[1]}/pictures/${id}`).expect(404)
    expect(body.code).toBe('picture.missing')
  }
  await app.as(liaison).delete(`/api/tasks/${made[1]}/pictures/${id}`).expect(204)
  expect(await sweepPictures({ db: app.db, config: { dataDir: dataDir() } }, signal)).toBe(0)
  // It is sent again while it is swept: after the sweep looked how old it is.
  const old = new Date(later - 15 * 3600 * 1000)
  utimesSync(file, old, old)
  const read = new Proxy(app.db.read, {
    get(target, name) {
      if (name === 'select') utimesSync(file, new Date(), new Date())
      return Reflect.get(target, name)
    },
  })
  const meanwhile = { db: { ...app.db, read }, config: { dataDir: dataDir() } }
  expect(await sweepPictures(meanwhile, signal)).toBe(0)
  expect(existsSync(file)).toBe(true)
  expect(await sweepPictures({ db: app.db, config: { dataDir: dataDir() } }, signal, later)).toBe(1)
  expect(existsSync(file)).toBe(false)
  rmSync(folder, { recursive: true })
  // What was reported keeps its pictures.
  const kept = newId()
  await send(await jpegOf(aPicture(9)), { id: kept, task: made[1]! }).expect(200)
  await app.as(liaison).post(`/api/tasks/${made[1]}/moves`).send({ id: newId(), kind: 'report' }).expect(201)
  expect((await app.as(liaison).delete(`/api/tasks/${made[1]}/pictures/${kept}`).expect(409)).body.code).toBe(
    'move.not_now',
  )
  expect(await app.db.read.$count(tasks, eq(tasks.id, made[1]!))).toBe(1)
})

test('what a sweep that was killed had put aside comes back where a picture needs it, and goes when it is old elsewhere', async () => {
  const id = newId()
  const { body } = await send(await jpegOf(aPicture(10)), { id }).expect(200)
  const [row] = await app.db.read.select().from(pictures).where(eq(pictures.id, id))
  const file = pictureFile(dataDir(), row!.sha256)
  const asideOf = (name: string) => `${name}.${newId()}.swept`
  renameSync(file, asideOf(file))
  await app.as(liaison).get(body.url).expect(404)
  // A second one of the same picture, and one of a picture that nobody has.
  const [again, nobodys] = [asideOf(file), asideOf(pictureFile(dataDir(), '0'.repeat(64)))]
  mkdirSync(dirname(nobodys), { recursive: true })
  const { signal } = new AbortController()
  const sweep = (now?: number) => sweepPictures({ db: app.db, config: { dataDir: dataDir() } }, signal, now)
  expect(await sweep()).toBe(0)
  await app.as(liaison).get(body.url).expect(200)
  for (const aside of [again, nobodys]) copyFileSync(file, aside)
  expect(await sweep()).toBe(0)
  expect([again, nobodys].map((aside) => existsSync(aside))).toEqual([true, true])
  expect(await sweep(Date.now() + 7 * 3600 * 1000)).toBe(2)
  expect([again, nobodys, file].map((each) => existsSync(each))).toEqual([false, false, true])
})
