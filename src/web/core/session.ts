import { type MeView, readMe } from '../api/operations.ts'
import { refusalOf, Unreachable } from './refused.ts'
import { storeOf } from './store.ts'
import { serverTimeIs } from './time.ts'
import { served } from './version.ts'

/**
 * Whose page this is, for as long as it is open, and whether the service still takes it as theirs. `ended`: the session
 * is over; `other`: somebody else signed in in this browser. Both leave the page as it is, with everything typed on it.
 */
export type SessionState = 'open' | 'ended' | 'other'

export const session = storeOf<SessionState>('open')
/** Who the page was opened as; it never becomes somebody else's page. */
export const me = storeOf<MeView | undefined>(undefined)

/** Tells the other tabs of the browser that somebody signed in. */
const tabs = new BroadcastChannel('muster-session')
let waiting: (() => void)[] = []

/** Marks the session as over. Resolves when the same user has signed in again, here or in another tab. */
export function revived(because: Exclude<SessionState, 'open'>): Promise<void> {
  session.set(because)
  return new Promise((resolve) => waiting.push(resolve))
}

/**
 * Who is signed in now, asked without the guard that names who the page was opened as. Undefined: nobody.
 * @throws Refused, Unreachable when the service cannot say
 */
export async function whoIsSignedIn(): Promise<MeView | undefined> {
  const init: RequestInit = { headers: { accept: 'application/json' }, cache: 'no-store' }
  const response = await fetch(readMe.path, init).catch(() => {
    throw new Unreachable()
  })
  if (response.status === 401) return undefined
  if (!response.ok) throw await refusalOf(response)
  const found = (await response.json()) as MeView
  serverTimeIs(found.serverNow)
  served(found.build)
  return found
}

/** Opens the page as whoever is signed in. Returns undefined when nobody is. */
export async function open(): Promise<MeView | undefined> {
  const found = await whoIsSignedIn()
  if (!found) return undefined
  me.set(found)
  tabs.postMessage('signed-in')
  return found
}

/** Lets what waits go on if the user of this page is signed in again. Returns who is signed in. */
export async function revive(): Promise<MeView | undefined> {
  const found = await whoIsSignedIn().catch(() => undefined)
  const mine = me.get()
  if (session.get() === 'open' || !mine) return found
  if (found && found.userId !== mine.userId) session.set('other')
  if (found?.userId !== mine.userId) return found
  session.set('open')
  const resume = waiting
  waiting = []
  for (const each of resume) each()
  tabs.postMessage('signed-in')
  return found
}

const reviveIfOver = () => {
  if (session.get() !== 'open' && document.visibilityState === 'visible') void revive()
}
tabs.addEventListener('message', reviveIfOver)
document.addEventListener('visibilitychange', reviveIfOver)
window.addEventListener('focus', reviveIfOver)
