/** Reads the figures of an event as they change, for as long as somebody looks. */
import type { Live } from '../api/operations.ts'

/** `polling`: something in between holds the stream back, so the figures are asked for. `ended`: no longer allowed. */
export type StreamState = 'connecting' | 'live' | 'polling' | 'away' | 'ended'

export interface Source {
  stream: string
  /** What the same figures are read from at once. */
  read: () => Promise<Live>
  headers?: () => Record<string, string>
}

/** Silence after which the stream is taken for held back; the service says something every 15 seconds. */
const silenceMs = 20_000
/** How long to wait after a break of which the service said nothing. */
const retryAfterBreakMs = 3_000
/** A stream that ends with a wait as short as this one was old: its reader goes on at once. */
const againMs = 500
const pollMs = 10_000
/** After so long of asking, the stream is tried again. */
const tryAgainMs = 60_000
/** A page that is hidden for so long needs nothing. */
const hiddenMs = 60_000

/** What was known, with what is different now. */
export function merged(known: Live, change: Partial<Live>): Live {
  const by = <T, K extends keyof T>(key: K, before: readonly T[], now: readonly T[] = []) => {
    const all = new Map(before.map((each) => [each[key], each]))
    for (const each of now) all.set(each[key], each)
    return [...all.values()]
  }
  return {
    ...known,
    ...change,
    zones: by('id', known.zones, change.zones),
    minutes: by('at', known.minutes, change.minutes).sort((a, b) => (a.at < b.at ? -1 : 1)),
  }
}

export interface Told {
  live?: Live
  state: StreamState
}

/** Watches until stopped. Tells of each change and of how it is read. Returns what stops it. */
export function watch(source: Source, tell: (told: Told) => void): () => void {
  let live: Live | undefined
  let stopped = false
  let lastId = ''
  let retryMs = retryAfterBreakMs
  const stopping = new AbortController()
  const say = (state: StreamState) => {
    if (!stopped) tell({ state, ...(live ? { live } : {}) })
  }
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        // A day of asking every ten seconds would leave thousands of listeners.
        stopping.signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      stopping.signal.addEventListener('abort', done)
    })
  const take = (fields: Record<string, string>) => {
    if (fields.retry) retryMs = Number(fields.retry)
    if (!fields.data) return
    const data = JSON.parse(fields.data) as Partial<Live>
    live = fields.event === 'snapshot' || !live ? (data as Live) : merged(live, data)
    lastId = fields.id ?? lastId
    say('live')
  }
  async function read(): Promise<'ended' | 'silent' | 'away'> {
    // One controller for both ends: browsers know `AbortSignal.any` only since 2023.
    const reading = new AbortController()
    const { signal } = reading
    let silent = false
    retryMs = retryAfterBreakMs
    const beSilent = () => {
      silent = true
      reading.abort()
    }
    const stop = () => reading.abort()
    stopping.signal.addEventListener('abort', stop, { once: true })
    let timer = setTimeout(beSilent, silenceMs)
    const heard = () => {
      clearTimeout(timer)
      timer = setTimeout(beSilent, silenceMs)
    }
    try {
      const headers = { ...source.headers?.(), ...(lastId ? { 'last-event-id': lastId } : {}) }
      const response = await fetch(source.stream, { headers, signal, cache: 'no-store' })
      if ([401, 403, 404, 410].includes(response.status)) return 'ended'
      if (!response.ok || !response.body) return 'away'
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      for (let rest = ''; ; ) {
        const { done, value } = await reader.read()
        if (done) return 'away'
        heard()
        const parts = (rest + value).split('\n\n')
        rest = parts.pop() ?? ''
        for (const part of parts) take(fieldsOf(part))
      }
    } catch {
      return silent ? 'silent' : 'away'
    } finally {
      clearTimeout(timer)
      stopping.signal.removeEventListener('abort', stop)
    }
  }
  async function poll(): Promise<void> {
    for (let asked = 0; asked < tryAgainMs && !stopped; asked += pollMs) {
      live = await source.read().catch(() => live)
      say('polling')
      await pause(pollMs)
    }
    lastId = ''
  }
  async function run(): Promise<void> {
    say('connecting')
    while (!stopped) {
      await seen()
      const how = await read()
      if (stopped) return
      if (how === 'ended') return say('ended')
      if (how === 'silent') await poll()
      else {
        if (retryMs > againMs) say('away')
        await pause(retryMs)
      }
    }
  }
  /** Waits until the page is looked at. */
  function seen(): Promise<void> {
    if (document.visibilityState === 'visible') return Promise.resolve()
    return new Promise((resolve) =>
      document.addEventListener('visibilitychange', () => resolve(), { once: true, signal: stopping.signal }),
    )
  }
  void run()
  return () => {
    stopped = true
    stopping.abort()
  }
}

/** Stops watching while the page has been hidden for a minute, and begins anew when it is seen. Returns what ends it. */
export function watchWhileSeen(source: Source, tell: (told: Told) => void): () => void {
  let stop: (() => void) | undefined = watch(source, tell)
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    if (document.visibilityState === 'visible') stop ??= watch(source, tell)
    else {
      timer = setTimeout(() => {
        stop?.()
        stop = undefined
      }, hiddenMs)
    }
  }
  document.addEventListener('visibilitychange', look)
  return () => {
    document.removeEventListener('visibilitychange', look)
    clearTimeout(timer)
    stop?.()
  }
}

function fieldsOf(part: string): Record<string, string> {
  return Object.fromEntries(
    part.split('\n').map((line) => {
      const at = line.indexOf(':')
      return [line.slice(0, at), line.slice(at + 1).trim()]
    }),
  )
}
