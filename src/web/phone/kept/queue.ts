/** Sends what a phone keeps, one thing after the other, whenever the service can be reached. */
import { Refused } from '../../core/refused.ts'
import { type Store, storeOf } from '../../core/store.ts'

/** `waits`: no answer; sent again by itself. `Refused`: the service takes none of it. */
export type Sending = 'idle' | 'sending' | 'waits' | Refused

export interface Queue {
  state: Store<Sending>
  /** Sends everything there is. When nobody answers it is sent again by itself, until somebody does. */
  send(): Promise<void>
  /** Sends in a moment, so that what follows at once goes with it. */
  soon(ms: number): void
  /** Sends what waits: there may be a network again. */
  wake(): void
  /** Sends nothing more by itself. */
  stop(): void
}

interface Work {
  /** Whether anything is to be sent. */
  has(): boolean
  /** Sends the next thing. What it throws stops the sending: for now, or where the service says no, until it is asked again. */
  step(): Promise<void>
  /** No answer came, or a refusal. */
  failed?(): void
  retryMs?: number
}

/** What says "not now" and not "no". */
const notNow = [429, 500, 502, 503, 504]

export function queueOf({ has, step, failed, retryMs = 8_000 }: Work): Queue {
  const state = storeOf<Sending>('idle')
  let retry: ReturnType<typeof setTimeout> | undefined
  /** Which sending is the present one: one that was stopped while it waited for an answer ends by itself. */
  let run = 0
  const soon = (ms: number) => {
    clearTimeout(retry)
    retry = setTimeout(() => void send(), ms)
  }
  async function send(): Promise<void> {
    clearTimeout(retry)
    if (state.get() === 'sending') return
    const own = ++run
    const ends = (as: Sending) => {
      if (own === run) state.set(as)
    }
    while (own === run && has()) {
      state.set('sending')
      try {
        await step()
      } catch (error) {
        if (own !== run) return
        failed?.()
        if (error instanceof Refused && !notNow.includes(error.problem.status)) return ends(error)
        soon(retryMs)
        return ends('waits')
      }
    }
    ends('idle')
  }
  return {
    state,
    send,
    soon,
    wake() {
      if (state.get() === 'waits') void send()
    },
    stop() {
      run++
      clearTimeout(retry)
      state.set('idle')
    },
  }
}
