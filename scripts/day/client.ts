/** An HTTP client for the public API, without any access to the inside of the service. */
import { Agent, request } from 'node:http'

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: a response body of any operation
  body: any
  text: string
  etag: string | undefined
  location: string | undefined
}

export interface Ask {
  body?: unknown
  /** Fields of an HTML form, sent URL-encoded. */
  form?: Record<string, string>
  headers?: Record<string, string>
  /** A body with its own content type. */
  raw?: { type: string; bytes: Buffer }
}

export class Client {
  readonly base: URL
  readonly token: string | undefined
  readonly #agent: Agent

  constructor(base: string | URL, token?: string, agent?: Agent) {
    this.base = new URL(base)
    this.token = token
    this.#agent = agent ?? new Agent({ keepAlive: true, maxSockets: 64, maxFreeSockets: 64 })
  }

  /** A client for another session, with the same connection pool. */
  as(token: string | undefined): Client {
    return new Client(this.base, token, this.#agent)
  }

  send(method: string, path: string, ask: Ask = {}): Promise<Answer> {
    const headers: Record<string, string> = { accept: 'application/json', ...ask.headers }
    let bytes: Buffer | undefined
    if (ask.raw) {
      bytes = ask.raw.bytes
      headers['content-type'] = ask.raw.type
    } else if (ask.form) {
      bytes = Buffer.from(new URLSearchParams(ask.form).toString())
      headers['content-type'] = 'application/x-www-form-urlencoded'
    } else if (ask.body !== undefined) {
      bytes = Buffer.from(JSON.stringify(ask.body))
      headers['content-type'] = 'application/json'
    }
    if (bytes) headers['content-length'] = String(bytes.length)
    if (this.token) headers.authorization = `Bearer ${this.token}`
    return this.#exchange(method, path, headers, bytes)
  }

  #exchange(
    method: string,
    path: string,
    headers: Record<string, string>,
    bytes: Buffer | undefined,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        { agent: this.#agent, host: this.base.hostname, port: this.base.port, method, path, headers },
        (incoming) => {
          const parts: Buffer[] = []
          incoming.on('data', (part: Buffer) => parts.push(part))
          incoming.on('error', reject)
          incoming.on('end', () => {
            const text = Buffer.concat(parts).toString('utf8')
            const json = /json/.test(incoming.headers['content-type'] ?? '')
            resolve({
              status: incoming.statusCode ?? 0,
              body: json && text ? JSON.parse(text) : undefined,
              text,
              etag: incoming.headers.etag,
              location: incoming.headers.location,
            })
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.end(bytes)
    })
  }

  /** Sends a request that must succeed. @throws Error with the status and body when the status is not 2xx or 3xx */
  async must(method: string, path: string, ask: Ask = {}): Promise<Answer> {
    const answer = await this.send(method, path, ask)
    if (answer.status >= 200 && answer.status < 400) return answer
    throw new Error(
      `${method} ${path.replace(/\/c\/[^/]+/, '/c/…')} was answered ${answer.status}: ${answer.text.slice(0, 600)}`,
    )
  }

  // biome-ignore lint/suspicious/noExplicitAny: see Answer
  async get(path: string): Promise<any> {
    return (await this.must('GET', path)).body
  }

  // biome-ignore lint/suspicious/noExplicitAny: see Answer
  async post(path: string, body: unknown = {}, key?: string): Promise<any> {
    return (
      await this.must('POST', path, {
        body,
        ...(key ? { headers: { 'idempotency-key': `lei-feng-day-${key}` } } : {}),
      })
    ).body
  }

  // biome-ignore lint/suspicious/noExplicitAny: see Answer
  async put(path: string, body: unknown = {}, ifMatch?: string): Promise<any> {
    return (await this.must('PUT', path, { body, ...(ifMatch ? { headers: { 'if-match': ifMatch } } : {}) }))
      .body
  }

  /** Every item of a list, fetched page by page (keyset pages). */
  // biome-ignore lint/suspicious/noExplicitAny: see Answer
  async *all(path: string): AsyncGenerator<any> {
    let cursor: string | null = null
    do {
      const page = await this.get(
        `${path}${path.includes('?') ? '&' : '?'}limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      )
      yield* page.items
      cursor = page.nextCursor
    } while (cursor)
  }

  /** Uploads files as a browser's form does. */
  async upload(
    path: string,
    files: { name: string; bytes: Buffer }[],
    fields: Record<string, string> = {},
  ): Promise<Answer> {
    const boundary = `muster-${Math.random().toString(36).slice(2)}`
    const parts: Buffer[] = []
    for (const [name, value] of Object.entries(fields)) {
      parts.push(
        Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
      )
    }
    for (const file of files) {
      parts.push(
        Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${file.name}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
        ),
        file.bytes,
        Buffer.from('\r\n'),
      )
    }
    parts.push(Buffer.from(`--${boundary}--\r\n`))
    return this.must('POST', path, {
      raw: { type: `multipart/form-data; boundary=${boundary}`, bytes: Buffer.concat(parts) },
      headers: { 'idempotency-key': boundary },
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

/** Runs `work` for every item, with at most `width` at the same time. The first error rejects. */
export async function crowd<T>(
  items: readonly T[],
  width: number,
  work: (item: T, at: number) => Promise<void>,
): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(width, items.length) }, async () => {
      while (next < items.length) {
        const at = next++
        await work(items[at] as T, at)
      }
    }),
  )
}

/** Polls every `everyMs` milliseconds until `done` is true. @throws Error after `seconds` */
export async function until<T>(
  ask: () => Promise<T>,
  done: (value: T) => boolean,
  seconds: number,
  everyMs = 100,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    const value = await ask()
    if (done(value)) return value
    if (performance.now() > deadline)
      throw new Error(`not done after ${seconds} s: ${String(JSON.stringify(value)).slice(0, 400)}`)
    await new Promise((later) => setTimeout(later, everyMs))
  }
}
