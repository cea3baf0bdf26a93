import { readdirSync, readFileSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { readUploads } from '#platform/http/uploads.ts'
import { startApp } from '#test/support/app.ts'

const mega = 1024 * 1024
const routes = ['/api/imports', '/api/zone-imports?preview=true', '/api/responsibility-imports?preview=true']

test('a file that is too large has one code wherever it is uploaded', async () => {
  await using app = await startApp({ worker: false, unused: true })
  for (const size of [21, 33]) {
    const file = Buffer.alloc(size * mega, 'a')
    for (const url of routes) {
      const { status, body } = await app.as('city_office').post(url).attach('file', file, 'a.csv')
      expect([url, status, body.code]).toEqual([url, 413, 'file.too_large'])
    }
  }
})

test('files that are too large together are refused, whether the request says so or not', async () => {
  await using app = await startApp({ worker: false, unused: true })
  const { authorization } = { authorization: `Bearer ${app.tokenOf('city_office')}` }
  const part = (name: string) =>
    `--x\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`
  let sent = 0
  const body = async function* () {
    for (let file = 0; file < 20; file++) {
      yield Buffer.from(part(`${file}.csv`))
      for (let piece = 0; piece < 15; piece++) {
        sent += mega
        yield Buffer.alloc(mega, 'a')
      }
      yield Buffer.from('\r\n')
    }
    yield Buffer.from('--x--\r\n')
  }
  const headers = { authorization, 'content-type': 'multipart/form-data; boundary=x' }
  const inPieces = await app.app.inject({
    method: 'POST',
    url: '/api/zone-imports?preview=true',
    headers,
    payload: Readable.from(body()),
  })
  expect([inPieces.statusCode, inPieces.json().code]).toEqual([413, 'file.too_large'])
  // Of 300 MB hardly more was taken than is allowed.
  expect(sent).toBeLessThan(64 * mega)

  const announced = await app.app.inject({
    method: 'POST',
    url: '/api/zone-imports?preview=true',
    headers: { ...headers, 'content-length': String(120 * mega) },
    payload: Readable.from([]),
  })
  expect([announced.statusCode, announced.json().code]).toEqual([413, 'file.too_large'])
})

test('a form that ends early, or is none, is refused as such wherever it ends', async () => {
  await using app = await startApp({ worker: false })
  const { authorization } = { authorization: `Bearer ${app.tokenOf('city_office')}` }
  const headers = { authorization, 'content-type': 'multipart/form-data; boundary=x' }
  const form = `--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n姓名,手机\r\n--x--\r\n`
  for (const url of routes)
    for (const cutAt of [5, 40, form.indexOf('姓名') + 1, form.length - 6]) {
      const payload = form.slice(0, cutAt)
      const { statusCode, body } = await app.app.inject({ method: 'POST', url, headers, payload })
      expect([url, cutAt, statusCode, JSON.parse(body).code]).toEqual([url, cutAt, 400, 'form.malformed'])
    }
})

test('more files than a route takes are refused', async () => {
  await using app = await startApp({ worker: false, unused: true })
  const request = app.as('city_office').post('/api/responsibility-imports?preview=true')
  const { status, body } = await request
    .attach('a', Buffer.from('a'), 'a.csv')
    .attach('b', Buffer.from('b'), 'b.csv')
  expect([status, body.code]).toEqual([413, 'file.too_many'])
})

test('a form whose sender has left before it is read is waited for by nobody', async () => {
  const app = fastify()
  await app.register(multipart)
  const begun = Promise.withResolvers<void>()
  const read = Promise.withResolvers<unknown>()
  app.post('/', async (request) => {
    begun.resolve()
    await new Promise((gone) => request.raw.once('close', gone).on('error', () => undefined))
    await readUploads(request, { files: 1, bytes: mega }).then(read.resolve, read.reject)
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const sender = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  const head = [
    'POST / HTTP/1.1',
    'host: x',
    'content-type: multipart/form-data; boundary=x',
    'content-length: 900',
  ]
  sender.write(`${head.join('\r\n')}\r\n\r\n--x\r\n`)
  await begun.promise
  sender.destroy()
  await expect(read.promise).rejects.toMatchObject({ code: 'MUSTER_FORM_MALFORMED' })
  await app.close()
})

test('nobody reads the files of a form but the one function that limits them', () => {
  const root = resolve(import.meta.dirname, '../../../src')
  const readers = (readdirSync(root, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ts'))
    .filter((name) =>
      /request\.(raw|files?\(|parts\(|saveRequestFiles)/.test(readFileSync(join(root, name), 'utf8')),
    )
  expect(readers).toEqual(['platform/http/uploads.ts'])
})
