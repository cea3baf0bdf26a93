import type Sqlite from 'better-sqlite3'
import { named, nameOf, type Report, slowMs } from './notices.ts'

/** Statements kept per connection; the least recently used one is evicted. */
const statementsMax = 256
/** Longer statements are not kept: they hold long value lists, rarely repeat, and are large when compiled. */
const textMax = 4096

/**
 * Caches the compiled statements of a connection. Drizzle passes SQL as text each time, and compiling it takes as long
 * as running it. Reuse is safe because every statement here runs to its end in one call, never row by row.
 */
export function keepStatements(connection: Sqlite.Database, report: Report): void {
  const known = new Map<string, Sqlite.Statement>()
  const prepareNew = connection.prepare.bind(connection)
  const compile = (text: string) => timed(prepareNew(text), text, report)
  const prepare = (text: string): Sqlite.Statement => {
    if (text.length > textMax) return compile(text)
    const kept = known.get(text)
    const statement = kept ?? compile(text)
    known.delete(text)
    known.set(text, statement)
    if (known.size > statementsMax) known.delete(known.keys().next().value as string)
    // Reset the mode: drizzle reads rows as arrays from some statements and as objects from others.
    if (kept?.reader) kept.raw(false)
    return statement
  }
  connection.prepare = prepare as typeof connection.prepare
}

/** Reports a statement that is slow. */
function timed(statement: Sqlite.Statement, text: string, report: Report): Sqlite.Statement {
  for (const how of ['all', 'get', 'run'] as const) {
    const run = statement[how].bind(statement) as (...values: unknown[]) => never
    statement[how] = (...values: unknown[]) => {
      const began = performance.now()
      try {
        return run(...values)
      } finally {
        const ms = Math.round(performance.now() - began)
        if (ms >= slowMs) report({ event: 'statement slow', ms, statement: named(text), name: nameOf(text) })
      }
    }
  }
  return statement
}
