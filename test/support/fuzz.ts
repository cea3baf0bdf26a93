/** Requests made up from the description of the API: mostly of the right form, a few of them hostile. */

// biome-ignore lint/suspicious/noExplicitAny: a JSON schema, walked through
type Schema = any

export interface FuzzRequest {
  method: string
  url: string
  headers: Record<string, string>
  body?: string | Buffer
}

/** Things that are there: their ids by what names them, `taskId`. */
export type Known = ReadonlyMap<string, readonly string[]>

/** A small generator of even chance, so that a seed gives the same requests again (Mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const texts = [
  '',
  ' ',
  '清理小广告',
  '张三',
  "'; drop table persons; --",
  '=1+1',
  '\u0000',
  '\ud800',
  '👨‍👩‍👧',
  '%',
  '_%',
  '../../etc/passwd',
  '<script>',
  '１３８００００００００',
  'a'.repeat(5_000),
  '-1',
  'null',
]
const plausible = [
  '210502',
  '13800000000',
  '15400000001',
  'a',
  'ab-cd',
  '210502001',
  '13:30',
  'A1',
  'Asia/Shanghai',
  '一二三四五六七八九十一二',
]
const instants = ['2026-03-04T13:30:00+08:00', '2026-03-04T17:30:00+08:00', '2026-03-05T05:30:00.123Z']
const oddInstants = [
  '2026-03-04T05:30:60Z',
  '2026-03-04 05:30:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '2026-02-30T00:00:00Z',
  '2026-03-04T05:30:00.123456789123Z',
  '2026-03-04T24:00:00Z',
]
const oddIds = ['0197c000-0000-7000-8000-000000000000', 'x', '00000000-0000-0000-0000-000000000000']
const numbers = [0, -1, 1, 2, 0.5, 1e308, -1e308, 2 ** 31, 2 ** 53, 1e-9, 180, -181]
const hostile: unknown[] = [null, [], {}, true, 'x', 0, [[[[]]]], { a: { b: 1 } }, '1e309', -0]

export class Fuzz {
  readonly #chance: () => number
  /** How often a value is not of its form: never in most requests, so that many get as far as the rules. */
  #hostility = 0
  readonly #api: Schema
  readonly #known: Known
  readonly #ids: readonly string[]

  constructor(api: Schema, known: Known, seed: number) {
    this.#api = api
    this.#known = known
    this.#ids = [...known.values()].flat()
    this.#chance = chanceOf(seed)
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#chance() * from.length)] as T
  }

  /** A request of some operation. */
  request(): FuzzRequest {
    this.#hostility = this.#chance() < 0.6 ? 0 : 0.1
    const path = this.pick(Object.keys(this.#api.paths))
    const method = this.pick(Object.keys(this.#api.paths[path]))
    const operation = this.#api.paths[path][method]
    const parameters: Schema[] = operation.parameters ?? []
    let url = path
    const query = new URLSearchParams()
    const headers: Record<string, string> = {}
    for (const parameter of parameters) {
      const { name, required, schema } = parameter
      const text = this.#text(this.value(schema, 0, name))
      if (parameter.in === 'path')
        url = url.replace(`{${name}}`, encodeURIComponent(text.slice(0, 150)) || '0')
      if (parameter.in === 'query' && (required || this.#chance() < 0.4)) query.append(name, text)
      if (parameter.in === 'header' && this.#chance() < 0.8)
        headers[name] = this.pick(['"v1"', '"v2"', '*', 'W/"v1"', 'x'])
    }
    if (method !== 'get' && this.#chance() < 0.7)
      headers['if-match'] = this.pick(['"v1"', '"v1"', '"v2"', '*', '1'])
    if (this.#chance() < 0.05)
      query.append(this.pick(['x', 'limit', 'cursor', '__proto__']), this.pick(texts))
    const text = query.toString()
    const body = this.#bodyOf(operation, headers)
    return {
      method: method.toUpperCase(),
      url: text ? `${url}?${text}` : url,
      headers,
      ...(body === undefined ? {} : { body }),
    }
  }

  /** A form of a page: some of its fields, and whatever they may hold. */
  form(): string {
    const fields = new URLSearchParams()
    for (const name of formFields)
      if (this.#chance() < 0.3) fields.append(name, this.pick([...plausible, ...texts]).toWellFormed())
    return fields.toString()
  }

  #bodyOf({ requestBody }: Schema, headers: Record<string, string>): string | Buffer | undefined {
    const content = requestBody?.content ?? {}
    const [type] = Object.keys(content)
    if (!type) return undefined
    headers['content-type'] = type
    if (type === 'multipart/form-data') {
      headers['content-type'] = 'multipart/form-data; boundary=x'
      return aForm(this.pick(files))
    }
    if (type === 'message/rfc822') return this.pick(mails)
    const { schema } = content[type]
    if (type === 'application/x-www-form-urlencoded') {
      const value = this.value(schema)
      const fields = typeof value === 'object' && value !== null ? Object.entries(value) : []
      return new URLSearchParams(
        fields.map(([name, each]): [string, string] => [name, this.#text(each)]),
      ).toString()
    }
    const text = JSON.stringify(this.value(schema))
    // Now and then one that ends early.
    return this.#chance() < this.#hostility / 3
      ? text.slice(0, Math.floor(this.#chance() * text.length))
      : text
  }

  #text(value: unknown): string {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
    return text.toWellFormed()
  }

  /** A value of this form; one in twenty is anything else. */
  value(schema: Schema, depth = 0, name = ''): unknown {
    if (this.#chance() < this.#hostility) return this.pick(hostile)
    if (!schema || depth > 8) return null
    if (schema.$ref)
      return this.value(this.#api.components.schemas[schema.$ref.split('/').pop()], depth + 1, name)
    const choices = schema.anyOf ?? schema.oneOf
    if (choices) return this.value(this.pick(choices), depth + 1, name)
    if (schema.allOf) return this.value(schema.allOf[0], depth + 1, name)
    if ('const' in schema) return schema.const
    if (schema.enum) return this.pick(schema.enum)
    const type = Array.isArray(schema.type) ? this.pick(schema.type) : schema.type
    switch (type) {
      case 'object':
        return this.#object(schema, depth)
      case 'array':
        return Array.from({ length: Math.floor(this.#chance() * 4) }, () =>
          this.value(schema.items, depth + 1, name.replace(/s$/, '')),
        )
      case 'integer':
        return this.#chance() < 0.7
          ? (schema.minimum ?? 0) + Math.floor(this.#chance() * 20)
          : this.pick(numbers)
      case 'number':
        return this.#chance() < 0.7 ? 123 + this.#chance() : this.pick(numbers)
      case 'boolean':
        return this.#chance() < 0.5
      case 'null':
        return null
      default:
        return this.#string(schema, name)
    }
  }

  #object({ properties = {}, required = [] }: Schema, depth: number): Record<string, unknown> {
    const made: Record<string, unknown> = {}
    for (const [name, schema] of Object.entries(properties)) {
      if (required.includes(name) ? this.#chance() >= this.#hostility / 3 : this.#chance() < 0.5)
        made[name] = this.value(schema, depth + 1, name)
    }
    if (this.#chance() < this.#hostility / 3)
      made[this.pick(['x', '__proto__', 'constructor', 'id'])] = this.pick(hostile)
    return made
  }

  #string({ format, pattern, minLength = 0, maxLength = 1_000 }: Schema, name: string): string {
    const odd = this.#hostility > 0
    if (format === 'uuid') {
      const named = this.#known.get(name)
      const there = named && this.#chance() < 0.9 ? named : this.#ids
      return this.pick(odd && this.#chance() < 0.3 ? oddIds : there)
    }
    if (format === 'date-time') return this.pick(odd ? [...instants, ...oddInstants] : instants)
    if (format === 'date')
      return this.pick(odd ? ['2026-03-04', '2026-02-29', '0000-01-01', '9999-12-31'] : ['2026-03-04'])
    if (odd && this.#chance() < 0.5) return this.pick(texts)
    const fits = [...plausible, ...texts].filter(
      (text) =>
        text.length >= minLength &&
        text.length <= maxLength &&
        (!pattern || new RegExp(pattern, 'u').test(text)),
    )
    return this.pick(fits.length > 0 ? fits : texts)
  }
}

const files = [
  '姓名,手机\r\n张三,15400000001\r\n',
  'PK\u0003\u0004',
  '[',
  '{"type":"FeatureCollection"',
  '\u0000',
  '\u00ff\u00d8\u00ff\u00e0',
]
const mails = [
  '',
  'From: <>\r\n\r\n',
  'Content-Type: multipart/report; report-type=delivery-status; boundary=y\r\n\r\n--y\r\nContent-Type: message/delivery-status\r\n\r\nOriginal-Envelope-Id: x\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--y--\r\n',
  'Content-Type: multipart/report; boundary=\r\n\r\n--\r\n--',
  `${'X: a\r\n'.repeat(20_000)}\r\n`,
]
/** The fields of all forms of pages. */
const formFields = [
  ...['login', 'password', 'again', 'code', 'phone', 'token', 'language', 'confirm', 'next', 'operationId'],
  ...[
    'assignmentId',
    'answer',
    'says',
    'guardianName',
    'reason',
    'field',
    'value',
    'note',
    'latitude',
    'heads',
  ],
]

/** A form with a file, as a browser would send it. */
function aForm(file: string): Buffer {
  return Buffer.from(
    `--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\n${file}\r\n--x--\r\n`,
  )
}

/** The same, then damaged somewhere. */
export function damagedForm(fuzz: Fuzz, chance: () => number): { type: string; body: Buffer } {
  const bytes = aForm(fuzz.pick(files))
  const at = Math.floor(chance() * bytes.length)
  const kind = chance()
  if (kind < 0.4) return { type: 'multipart/form-data; boundary=x', body: bytes.subarray(0, at) }
  if (kind < 0.8) {
    bytes[at] = Math.floor(chance() * 256)
    return { type: 'multipart/form-data; boundary=x', body: bytes }
  }
  const type = fuzz.pick([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=y',
    'multipart/mixed; boundary=x',
  ])
  return { type, body: Buffer.concat([bytes.subarray(at), bytes]) }
}
