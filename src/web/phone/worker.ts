/**
 * The service worker of the phone's pages. It keeps the files of its own build and the page that loads them, and nothing
 * else: never anything of the API, and nobody's data. A newer build waits until no page of this one is open.
 */
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Asking extends Waiting {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}

/** The build and its files, put in by the build. */
declare const __PHONE__: { build: string; files: readonly string[] }

export {}

const page = '/m'
const cacheName = `phone-${__PHONE__.build}`
const files = new Set(__PHONE__.files)

self.addEventListener('install', (event) => {
  ;(event as Waiting).waitUntil(caches.open(cacheName).then((cache) => cache.addAll([page, ...files])))
})

self.addEventListener('activate', (event) => {
  const old = async () => {
    const names = await caches.keys()
    await Promise.all(
      names
        .filter((each) => each.startsWith('phone-') && each !== cacheName)
        .map((each) => caches.delete(each)),
    )
  }
  ;(event as Waiting).waitUntil(old())
})

self.addEventListener('fetch', (event) => {
  const { request, respondWith } = event as Asking
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate' && (pathname === page || pathname.startsWith(`${page}/`))) {
    respondWith.call(event, fetchedPage(request))
  } else if (files.has(pathname)) {
    respondWith.call(event, keptFile(request))
  }
})

/** The page as the service has it; without it, as it was kept. */
async function fetchedPage(request: Request): Promise<Response> {
  const kept = async () => (await (await caches.open(cacheName)).match(page)) ?? Response.error()
  try {
    const answer = await fetch(request)
    return answer.status >= 500 ? await kept() : answer
  } catch {
    return kept()
  }
}

async function keptFile(request: Request): Promise<Response> {
  return (await (await caches.open(cacheName)).match(request, { ignoreVary: true })) ?? fetch(request)
}
