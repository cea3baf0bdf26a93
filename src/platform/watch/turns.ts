import { type Slow, slowFromMs } from './slow.ts'

/** How often the event loop is looked at. */
const everyMs = 50

/**
 * Watches the turns of the event loop. A turn does not say what fills it, so it is put down to the request or job that
 * was begun last before: on SQLite a request mostly does all its work in the turn in which it begins.
 */
export class Turns {
  readonly #slow: Slow
  readonly #timer: NodeJS.Timeout
  #lastMs = performance.now()
  #begun = 'none'

  constructor(slow: Slow) {
    this.#slow = slow
    this.#timer = setInterval(() => this.#tick(), everyMs)
    this.#timer.unref()
  }

  /** Call at the beginning of what may fill a turn: `GET /api/persons`, `imports.commit`. */
  begin(name: string): void {
    this.#begun = name
  }

  #tick(): void {
    const now = performance.now()
    const heldMs = Math.round(now - this.#lastMs - everyMs)
    this.#lastMs = now
    if (heldMs >= slowFromMs) this.#slow.note(this.#begun, heldMs)
    this.#begun = 'none'
  }

  close(): void {
    clearInterval(this.#timer)
  }
}
