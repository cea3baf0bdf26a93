import type Sqlite from 'better-sqlite3'

/** Of each connection. The least lately used one goes when there is one more. */
const statementsMax = 256
/** Lists of many values are as long as they are many: hardly ever asked twice alike, and large when compiled. */
const textMax = 4096

/**
 * Lets a connection take up a statement again that it compiled before: compiling costs as much as running it,
 * and what drizzle builds comes as text each time. Statements are run to their end at once here, never stepped
 * through, so nobody can be in the middle of one.
 */
export function keepStatements(connection: Sqlite.Database): void {
  const known = new Map<string, Sqlite.Statement>()
  const compile = connection.prepare.bind(connection)
  const prepare = (text: string): Sqlite.Statement => {
    if (text.length > textMax) return compile(text)
    const kept = known.get(text)
    const statement = kept ?? compile(text)
    known.delete(text)
    known.set(text, statement)
    if (known.size > statementsMax) known.delete(known.keys().next().value as string)
    // As it was when it was new: drizzle has rows as arrays from some statements, as objects from others.
    if (kept?.reader) kept.raw(false)
    return statement
  }
  connection.prepare = prepare as typeof connection.prepare
}
