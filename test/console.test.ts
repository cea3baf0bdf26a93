/** How the console reaches a browser: its files, the page it starts from, and nothing else. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import supertest from 'supertest'
import { expect, test } from 'vitest'
import { buildIn, consolePages } from '#src/console.ts'
import { smallServer } from '#test/platform/http/small-server.ts'

const script = 'console.log("集结")'.repeat(50)

/** A server with a build of one script, or without any. */
async function serve({ built, phoneOffline = true }: { built: boolean; phoneOffline?: boolean }) {
  const folder = mkdtempSync(join(tmpdir(), 'muster-console-'))
  if (built) {
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'office.html'), '<!doctype html><title>Muster</title>')
    writeFileSync(join(folder, 'phone.html'), '<!doctype html><title>Phone</title>')
    writeFileSync(join(folder, 'screen.html'), '<!doctype html><title>Screen</title>')
    writeFileSync(join(folder, 'phone-worker.js'), 'self.onfetch = () => undefined')
    writeFileSync(join(folder, 'build.json'), '{"id":"0123456789abcdef"}')
    writeFileSync(join(folder, 'assets', 'office-Cx1.js'), script)
    writeFileSync(join(folder, 'assets', 'office-Cx1.js.br'), brotliCompressSync(script))
  }
  const app = await smallServer({ limits: { perSession: 2, perAddress: 2, perLink: 2, missesPerAddress: 2 } })
  await consolePages(app, { folder, phoneOffline })
  await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    folder,
    request: supertest(app.server),
    async [Symbol.asyncDispose]() {
      await app.close()
      rmSync(folder, { recursive: true })
    },
  }
}

test('the page it starts from is at each address of the office, asked for anew each time, and lets styles in', async () => {
  await using site = await serve({ built: true })
  for (const address of ['/events', '/events/new', '/events/0198/shifts?state=draft', '/people/imports']) {
    const { status, text, headers } = await site.request.get(address)
    expect([address, status, text]).toEqual([address, 200, '<!doctype html><title>Muster</title>'])
    expect(headers['cache-control']).toBe('no-cache')
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;font-src 'self';connect-src 'self';manifest-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
    )
  }
})

test('phone and screen have pages of their own that let no style in, and the phone a worker that can be switched off', async () => {
  await using site = await serve({ built: true })
  for (const address of ['/m', '/m/roll/0198']) {
    const { status, text, headers } = await site.request.get(address)
    expect([address, status, text]).toEqual([address, 200, '<!doctype html><title>Phone</title>'])
    expect(headers['content-security-policy']).toContain("script-src 'self';style-src 'self';")
  }
  const screen = await site.request.get('/screen/0123456789ABCDEF')
  expect(screen.text).toBe('<!doctype html><title>Screen</title>')
  expect(screen.headers['content-security-policy']).toContain("script-src 'self';style-src 'self';")
  const worker = await site.request.get('/m/sw.js')
  expect(worker.text).toBe('self.onfetch = () => undefined')
  expect(worker.headers).toMatchObject({ 'cache-control': 'no-cache', 'service-worker-allowed': '/m' })
  await using off = await serve({ built: true, phoneOffline: false })
  const removing = await off.request.get('/m/sw.js')
  expect(removing.text).toContain('registration.unregister()')
  expect(removing.headers['content-type']).toBe('text/javascript; charset=utf-8')
})

test('files are kept by browsers for a year, and sent compressed to whoever takes that', async () => {
  await using site = await serve({ built: true })
  const packed = await site.request.get('/assets/office-Cx1.js').set('accept-encoding', 'br')
  expect(packed.headers).toMatchObject({
    'content-encoding': 'br',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': expect.stringContaining("style-src 'self';"),
  })
  expect(packed.headers['content-type']).toMatch(/^(text|application)\/javascript/)
  const plain = await site.request.get('/assets/office-Cx1.js').set('accept-encoding', 'identity')
  expect([plain.status, plain.headers['content-encoding'], plain.text]).toEqual([200, undefined, script])
})

test('nothing else of the folder, and nothing outside it, is served', async () => {
  await using site = await serve({ built: true })
  for (const address of [
    '/assets/none.js',
    '/assets/',
    '/assets/../build.json',
    '/assets/%2e%2e/build.json',
    '/assets/..%2fbuild.json',
    '/build.json',
    '/office.html',
    '/eventsx',
    '/nowhere',
  ]) {
    const { status, headers } = await site.request.get(address)
    expect([address, status >= 400 && status < 500]).toEqual([address, true])
    expect([address, headers['cache-control'] ?? 'none']).not.toEqual([
      address,
      expect.stringContaining('immutable'),
    ])
  }
})

test('an office behind one address is never told to wait for the page or its files', async () => {
  await using site = await serve({ built: true })
  for (let time = 0; time < 10; time++) {
    expect((await site.request.get('/events')).status).toBe(200)
    expect((await site.request.get('/assets/office-Cx1.js')).status).toBe(200)
  }
})

test('without a build it says how to make one, and takes up the build when it is there', async () => {
  await using site = await serve({ built: false })
  const { status, text } = await site.request.get('/events?lang=en')
  expect(status).toBe(503)
  expect(text).toContain('npm run web:build')
  expect(buildIn(site.folder)).toBeNull()
  writeFileSync(join(site.folder, 'office.html'), '<!doctype html><title>Muster</title>')
  writeFileSync(join(site.folder, 'build.json'), '{"id":"0123456789abcdef"}')
  expect((await site.request.get('/events')).status).toBe(200)
  expect(buildIn(site.folder)).toBe('0123456789abcdef')
})
