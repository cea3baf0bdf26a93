import type pg from 'pg'
import { named, nameOf, type Report, slowMs } from './notices.ts'

const underWay = new WeakMap<pg.ClientBase, number>()

/** How many statements were sent on a connection and are not answered yet. */
export const statementsUnderWay = (client: pg.ClientBase) => underWay.get(client) ?? 0

const textOf = (statement: unknown): string =>
  typeof statement === 'string' ? statement : String((statement as { text?: unknown }).text ?? '')

/** Counts the running statements of a connection and reports slow ones. */
export function timeStatements(client: pg.ClientBase, report: Report): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown
  const asked = (...args: unknown[]): unknown => {
    const began = performance.now()
    underWay.set(client, statementsUnderWay(client) + 1)
    const answered = () => {
      underWay.set(client, statementsUnderWay(client) - 1)
      const ms = Math.round(performance.now() - began)
      if (ms < slowMs) return
      const text = textOf(args[0])
      report({ event: 'statement slow', ms, statement: named(text), name: nameOf(text) })
    }
    const callback = args.at(-1)
    if (typeof callback === 'function') {
      return query(...args.slice(0, -1), (...answer: unknown[]) => {
        answered()
        callback(...answer)
      })
    }
    const answer = query(...args) as Promise<unknown>
    answer.then(answered, answered)
    return answer
  }
  client.query = asked as typeof client.query
}
