import { DomainError } from '../errors.ts'
import { named, type Report } from './notices.ts'
import type { Session } from './port.ts'

export interface IdleLimits {
  /** How often open transactions are checked. */
  tickMs: number
  /** After this many checks in a row without a statement, a transaction is logged (`warnTicks`), then ended (`endTicks`). */
  warnTicks: number
  endTicks: number
}

/** Logged after 2 seconds, ended after 10. */
const limitsDefault: IdleLimits = { tickMs: 500, warnTicks: 4, endTicks: 20 }

interface Watched {
  session: Session
  work: object
  isBusy: () => boolean
  end: (error: DomainError) => void
}

const ended = () =>
  new DomainError(
    'unavailable',
    'database.idle',
    'The transaction waited for something else than the database and was ended. Nothing was changed.',
  )

/**
 * Idle-in-transaction timeout: ends transactions whose work awaits something other than a statement and may never
 * settle. On SQLite such a transaction blocks every other writer. The timer counts checks, not elapsed time, so that a
 * process that was suspended for a while ends no transaction when it resumes.
 */
export class IdleWatch {
  readonly #watched = new Set<Watched>()
  readonly #timer: NodeJS.Timeout
  readonly #report: Report
  readonly #limits: IdleLimits

  constructor(report: Report, limits: IdleLimits = limitsDefault) {
    this.#report = report
    this.#limits = limits
    this.#timer = setInterval(() => this.#look(), limits.tickMs)
    this.#timer.unref()
  }

  /**
   * Runs `begin` under the timeout and resolves with its value.
   * @param work the caller's function: its source text is logged, because a stack trace per transaction is too slow
   * @param isBusy whether a statement is running now
   * @throws DomainError unavailable `database.idle` when the transaction was ended; its session is ended too
   */
  run<T>(
    session: Session,
    work: object,
    begin: () => Promise<T>,
    isBusy: () => boolean = () => false,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const watched = { session, work, isBusy, end: reject }
      this.#watched.add(watched)
      const settled = (settle: () => void) => {
        this.#watched.delete(watched)
        settle()
      }
      begin().then(
        (value) => settled(() => resolve(value)),
        (error: unknown) => settled(() => reject(error)),
      )
    })
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const { tickMs, warnTicks, endTicks } = this.#limits
    for (const watched of this.#watched) {
      const { session, work, isBusy, end } = watched
      session.idleTicks = isBusy() ? 0 : session.idleTicks + 1
      const over = session.idleTicks >= endTicks
      if (over || session.idleTicks === warnTicks) {
        const caller = named(String(work))
        this.#report({ event: 'transaction idle', idleMs: session.idleTicks * tickMs, caller, ended: over })
      }
      if (!over) continue
      this.#watched.delete(watched)
      session.end()
      end(ended())
    }
  }
}
