/** What is asked of SQLite meanwhile, and how it goes about it. */
import Sqlite from 'better-sqlite3'

export interface Statement {
  text: string
  values: unknown[]
}

/** Where statements are written down; nothing is while there is no list. */
let heard: Statement[] | undefined

/** From now on the statements of every new connection of this process can be heard. @returns what ends it */
export function listenToStatements(): () => void {
  const { prepare } = Sqlite.prototype
  Sqlite.prototype.prepare = function (this: Sqlite.Database, text: string) {
    const statement = prepare.call(this, text) as Sqlite.Statement
    for (const how of ['all', 'get', 'run'] as const) {
      const run = statement[how].bind(statement) as (...values: unknown[]) => never
      statement[how] = (...values: unknown[]) => {
        heard?.push({ text, values })
        return run(...values)
      }
    }
    return statement
  } as typeof prepare
  return () => {
    Sqlite.prototype.prepare = prepare
  }
}

/** The reading statements that are sent while `work` runs. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const own: Statement[] = []
  heard = own
  try {
    await work()
  } finally {
    heard = undefined
  }
  return own.filter(({ text }) => /^\s*(select|with)\b/i.test(text))
}

/** What grows with nothing: a list that was sent along, the list of tables. */
const small = /^SCAN (?:json_each|sqlite_master|\d+ CONSTANT)/

/**
 * What a statement reads from one end to the other. A page walks along an index in its own order and stops when it is
 * full, so that is none; nor is a statement that asks for nothing.
 */
export function scansOf(connection: Sqlite.Database, { text, values }: Statement): string[] {
  if (/where \(?(?:false|1 = 0)\b/.test(text)) return []
  const isPage = /limit \?$/.test(text)
  const steps = connection.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[]
  return steps
    .map(({ detail }) => detail)
    .filter((detail) => detail.startsWith('SCAN ') && !small.test(detail))
    .filter((detail) => !(isPage && detail.includes('USING')))
    .map((detail) => detail.split(' ')[1] as string)
}
