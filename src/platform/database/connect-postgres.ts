import pg from 'pg'

/**
 * The error of a database that cannot be reached or refuses the user: it names the setting, where it points, without the
 * password, and what the server or the network said.
 */
export function refused(url: string, cause: unknown): Error {
  const { message, code, errors } = cause as Error & { code?: string; errors?: Error[] }
  // A name with several addresses fails once for each; the whole has no message of its own.
  const said = message || errors?.map((each) => each.message).join('; ') || code
  return new Error(`DATABASE_URL: no connection to ${withoutPassword(url)}: ${said}`, { cause })
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'PostgreSQL'
  const shown = new URL(url)
  shown.password = ''
  return shown.href
}

/** An open connection of its own. @throws Error that names DATABASE_URL when there is none */
export async function connectPostgres(
  url: string,
  options: Omit<pg.ClientConfig, 'connectionString'>,
): Promise<pg.Client> {
  const client = new pg.Client({ ...options, connectionString: url })
  client.on('error', () => {}) // the query under way is told as well
  await client.connect().catch((cause) => {
    throw refused(url, cause)
  })
  return client
}
