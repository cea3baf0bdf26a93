import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import serveStatic from '@fastify/static'
import type { RouteHandlerMethod, RouteOptions } from 'fastify'
import Type from 'typebox'
import { html } from '#platform/http/html.ts'
import { languageOf } from '#platform/http/language.ts'
import { policyWith, sendPage } from '#platform/http/layout.ts'
import type { App } from '#platform/http/server.ts'
import { officeSegments, phonePaths, phoneSegment, screenSegment, shortPaths } from './web/paths.ts'

/** The folder that `npm run web:build` writes to. */
export const buildFolder = resolve(import.meta.dirname, '../build')

/** The id of the console build in a folder, or null when there is none. */
export function buildIn(folder: string): string | null {
  const file = join(folder, 'build.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { id: string }).id : null
}

const anything = Type.Object({}, { additionalProperties: true })
const year = 365 * 24 * 3600

/**
 * Serves the console: its files, whose content never changes under one name, and its start page at every path whose first
 * segment is in `src/web/paths.ts`. No rate limit, because a whole office may share one address.
 */
export async function consolePages(
  app: App,
  { folder = buildFolder, phoneOffline = true }: { folder?: string; phoneOffline?: boolean } = {},
): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route: RouteOptions) => {
      route.config = { ...route.config, access: 'public', unlimited: true }
    })
    await scope.register(serveStatic, {
      root: join(folder, 'assets'),
      prefix: '/assets/',
      preCompressed: true,
      index: false,
      dotfiles: 'ignore',
      maxAge: year * 1000,
      immutable: true,
      suppressWarning: true,
    })
    const entries = [
      { segments: officeSegments, shell: shellOf(folder, 'office.html', officePolicy) },
      { segments: [phoneSegment], shell: shellOf(folder, 'phone.html', policyWith()) },
      { segments: [screenSegment], shell: shellOf(folder, 'screen.html', policyWith()) },
    ]
    // The page itself interprets the query, so any key is accepted.
    const schema = { hide: true, querystring: anything }
    for (const { segments, shell } of entries) {
      for (const url of segments.flatMap((segment) => [`/${segment}`, `/${segment}/*`])) {
        scope.route({ method: 'GET', url, schema, handler: shell as never })
      }
    }
    for (const [url, to] of Object.entries(shortPaths))
      scope.route({ method: 'GET', url, schema, handler: leadingTo(to) as never })
    const worker = workerOf(folder, phoneOffline)
    scope.route({ method: 'GET', url: phonePaths.worker(), schema, handler: worker as never })
  })
}

/** The UI components insert style elements, so inline styles are allowed; everything else only from this service. */
const officePolicy = policyWith("'unsafe-inline'")

const notBuilt = {
  zh: { title: '网页尚未构建', text: '请在服务所在目录运行以下命令，然后刷新本页。' },
  en: {
    title: 'The console is not built',
    text: 'Run this where the service is, then load this page again.',
  },
}

function shellOf(folder: string, name: string, policy: string): RouteHandlerMethod {
  const file = join(folder, name)
  return async (request, reply) => {
    if (!existsSync(file)) {
      const { title, text } = notBuilt[languageOf(request)]
      const body = html`<h1>${title}</h1><p>${text}</p><p><code>npm run web:build</code></p>`
      return sendPage(reply.status(503), { title, body })
    }
    // Not cached: the page refers to the files of the newest build.
    reply.header('cache-control', 'no-cache').header('content-security-policy', policy)
    return reply.sendFile(name, folder, { cacheControl: false })
  }
}

const leadingTo =
  (path: string): RouteHandlerMethod =>
  async (_, reply) =>
    reply.redirect(path, 302)

/** A service worker that takes itself and everything it kept away again. */
const removingWorker = `self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith('phone-')) await caches.delete(name)
  await self.registration.unregister()
})()))
`

/** The service worker of the phone; when it is switched off, or not built, one that removes itself. */
function workerOf(folder: string, phoneOffline: boolean): RouteHandlerMethod {
  const file = join(folder, 'phone-worker.js')
  return async (_, reply) => {
    const script = phoneOffline && existsSync(file) ? readFileSync(file, 'utf8') : removingWorker
    return reply
      .header('cache-control', 'no-cache')
      .header('service-worker-allowed', phonePaths.duties())
      .type('text/javascript; charset=utf-8')
      .send(script)
  }
}
