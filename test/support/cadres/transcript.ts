import { strFromU8, unzipSync } from 'fflate'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { persons, teams, units } from '#modules/organisation/schema.ts'
import type { SignedIn, TestApp } from '#test/support/app.ts'

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const madeUp = /"(stamp|nextCursor|hash|token)":"[^"]*"/g
/** Instants at which something was done; what was planned is on the minute. */
const moment = /\d{4}-\d\d-\d\dT\d\d:\d\d:(?!00\.000Z)\d\d\.\d{3}Z/g

/**
 * What one unit is answered, byte for byte, but for what is drawn or measured: ids (those of things with a name are told
 * by it), links, and instants at which something was done. Rows whose order is that of their ids are put in order.
 */
export class Transcript {
  readonly lines: string[] = []
  readonly #app: TestApp
  readonly #who: SignedIn
  #names = new Map<string, string>()
  #numbers: RegExp | undefined

  constructor(app: TestApp, who: SignedIn) {
    this.#app = app
    this.#who = who
  }

  /** Learns the names of what there is. */
  async learn(): Promise<void> {
    const { read } = this.#app.db
    for (const [what, rows] of Object.entries({
      person: await read.select({ id: persons.id, name: persons.name }).from(persons),
      unit: await read.select({ id: units.id, name: units.name }).from(units),
      team: await read.select({ id: teams.id, name: teams.name }).from(teams),
      zone: await read.select({ id: zones.id, name: zones.name }).from(zones),
      event: await read.select({ id: events.id, name: events.name }).from(events),
      shift: await read.select({ id: shifts.id, name: shifts.work }).from(shifts),
    }))
      for (const { id, name } of rows) this.#names.set(id, `${what} ${name}`)
    const numbers = await read.select({ number: persons.volunteerNumber }).from(persons)
    this.#numbers = new RegExp(numbers.map(({ number }) => number).join('|'), 'g')
  }

  /** Asks, notes the answer, and hands it back. */
  async ask(method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object, etag?: string) {
    const answer = await this.#app.app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${this.#who.token}`,
        'accept-language': 'zh-CN',
        ...(etag && { 'if-match': etag }),
      },
      ...(body && { payload: body }),
    })
    this.note(`${method} ${url}`, answer.statusCode, bodyOf(answer))
    // biome-ignore lint/suspicious/noExplicitAny: what the service answered
    const json: any = /json/.test(String(answer.headers['content-type'])) ? answer.json() : undefined
    return { status: answer.statusCode, body: json, etag: answer.headers.etag as string | undefined }
  }

  note(what: string, ...said: unknown[]): void {
    const plain = (text: string) =>
      text
        .replaceAll(uuid, (id) => this.#names.get(id) ?? '#')
        .replaceAll(this.#numbers ?? madeUp, '…')
        .replaceAll(madeUp, '"$1":"…"')
        .replaceAll(/(\/c\/|\/roll\/)[A-Za-z0-9_-]{10,}/g, '$1…')
        .replaceAll(moment, 'now')
    const ordered = JSON.parse(plain(JSON.stringify(said)), (_, value) =>
      Array.isArray(value) && value.every((each) => each !== null && typeof each === 'object')
        ? value
            .map((each) => JSON.stringify(each))
            .toSorted()
            .map((each) => JSON.parse(each))
        : value,
    )
    this.lines.push(`${plain(what)}: ${JSON.stringify(ordered)}`)
  }
}

function bodyOf({ headers, rawPayload, body }: { headers: object; rawPayload: Buffer; body: string }) {
  const type = String((headers as Record<string, unknown>)['content-type'] ?? '')
  // The version of a row; another ETag is the digest of a body with ids.
  const version = /^"v\d+"$/.exec(String((headers as Record<string, unknown>).etag))?.[0]
  if (type.includes('json')) return [JSON.parse(body), version ?? null]
  if (!type.includes('spreadsheetml')) return body
  const parts = Object.entries(unzipSync(rawPayload)).filter(([name]) => /sheet\d|sharedStrings/.test(name))
  return Object.fromEntries(parts.map(([name, part]) => [name, strFromU8(part)]))
}

/** Where two transcripts differ: each pair of lines from a little before the first difference. */
export function differences(one: readonly string[], other: readonly string[]): string[][] {
  const lines = Array.from({ length: Math.max(one.length, other.length) }, (_, at) => [
    one[at] ?? 'nothing',
    other[at] ?? 'nothing',
  ])
  return lines
    .filter(([a, b]) => a !== b)
    .map((pair) => {
      const [a, b] = pair as [string, string]
      const from = [...a].findIndex((character, at) => character !== b[at])
      const what = a.slice(0, 60)
      return [a, b].map((line) => `${what} … ${line.slice(Math.max(0, from - 100), from + 100)}`)
    })
}
