/** The PostgreSQL database on which the day is played when DATABASE_URL names one. */
import pg from 'pg'

/** The address of a PostgreSQL database in the environment; undefined when it names none. */
export function postgresUrl(): string | undefined {
  const url = process.env.DATABASE_URL?.trim()
  return url && /^postgres(ql)?:/.test(url) ? url : undefined
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const tablesOf = async (client: pg.Client): Promise<string[]> => {
  const found = await client.query(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  )
  return found.rows.map(({ name }) => name)
}

/** The day is played on an empty database only: in any other it would be mixed with what is there. @throws Error */
export async function assertEmpty(url: string): Promise<void> {
  const tables = await connected(url, tablesOf).catch((error: Error) => {
    throw new Error(
      `DATABASE_URL 所指数据库无法连接 · the database that DATABASE_URL names does not answer: ${error.message}`,
    )
  })
  if (tables.length === 0) return
  throw new Error(
    `DATABASE_URL 所指数据库不是空的，请另建空库 · the database that DATABASE_URL names is not empty (${tables.length} tables); name an empty one`,
  )
}

/** Every row of every table as text, some thousand at a time. */
export async function* rowsAsText(url: string): AsyncGenerator<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const table of await tablesOf(client)) {
      await client.query('begin')
      await client.query(`declare rows cursor for select t::text as row from "${table}" t`)
      for (;;) {
        const { rows } = await client.query('fetch 2000 from rows')
        if (rows.length === 0) break
        yield rows.map(({ row }) => row).join('\n')
      }
      await client.query('commit')
    }
  } finally {
    await client.end()
  }
}
