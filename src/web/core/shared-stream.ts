/** One stream per browser: of several pages that show the same, one reads and tells the others. */
import { type Source, type Told, watch, watchWhileSeen } from './stream.ts'

/** A page that is hidden for so long needs nothing. */
const hiddenMs = 60_000

type Post = { told: Told } | { joined: true }

/**
 * Watches while the page is seen, as `watchWhileSeen`; but among the pages of one browser with this `name` only the one
 * that holds the lock reads. When it is closed, or hidden while another waits, the next takes its place. Without locks (plain
 * http) each reads for itself. Returns what ends it.
 */
export function watchTogether(name: string, source: Source, tell: (told: Told) => void): () => void {
  const { locks } = navigator as { locks?: LockManager }
  if (!locks || typeof BroadcastChannel === 'undefined') return watchWhileSeen(source, tell)
  let leaving: AbortController | undefined
  const enter = () => {
    leaving ??= takeTurns(locks, { name, source, tell })
  }
  const leave = () => {
    leaving?.abort()
    leaving = undefined
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = async () => {
    clearTimeout(timer)
    if (document.visibilityState === 'visible') return enter()
    timer = setTimeout(leave, hiddenMs)
    const { pending = [] } = await locks.query()
    // Somebody is looking at another page, and hidden pages are slow.
    if (document.visibilityState === 'hidden' && pending.some((lock) => lock.name === name)) leave()
  }
  const looked = () => void look()
  document.addEventListener('visibilitychange', looked)
  enter()
  return () => {
    document.removeEventListener('visibilitychange', looked)
    clearTimeout(timer)
    leave()
  }
}

interface Shared {
  name: string
  source: Source
  tell: (told: Told) => void
}

/** Listens to whoever reads, and reads when it is this page's turn, until aborted. */
function takeTurns(locks: LockManager, { name, source, tell }: Shared): AbortController {
  const leaving = new AbortController()
  const { signal } = leaving
  const channel = new BroadcastChannel(name)
  let reads = false
  let known: Told | undefined
  channel.onmessage = ({ data }: MessageEvent<Post>) => {
    if ('joined' in data) {
      if (reads && known) channel.postMessage({ told: known } satisfies Post)
    } else if (!reads) tell(data.told)
  }
  channel.postMessage({ joined: true } satisfies Post)
  const read = () =>
    new Promise<void>((ended) => {
      reads = true
      const stop = watch(source, (told) => {
        known = told
        tell(told)
        channel.postMessage({ told } satisfies Post)
      })
      const end = () => {
        stop()
        ended()
      }
      if (signal.aborted) end()
      else signal.addEventListener('abort', end, { once: true })
    })
  signal.addEventListener('abort', () => channel.close(), { once: true })
  locks.request(name, { signal }, read).catch((error: unknown) => {
    // Left before it was its turn.
    if (!signal.aborted) throw error
  })
  return leaving
}
