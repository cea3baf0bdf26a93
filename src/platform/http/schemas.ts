import Type, { type Static, type TObject, type TProperties, type TSchema } from 'typebox'

/** An id: a UUID. */
export const Id = Type.String({ format: 'uuid', description: '标识 · UUID' })

/** A moment, ISO 8601 with offset or `Z`; the service answers in UTC with milliseconds. */
export const Instant = Type.String({ format: 'date-time', description: 'ISO 8601, with an offset or Z' })

/** A calendar day, `YYYY-MM-DD`, without a time zone. */
export const Day = Type.String({ format: 'date', description: 'YYYY-MM-DD' })

/** A request body: unknown keys are refused. */
export function Body<T extends TProperties>(
  properties: T,
  options: { $id?: string; description?: string } = {},
): TObject<T> {
  return Type.Object(properties, { ...options, additionalProperties: false })
}

/** The body of an HTML form sent without a script: text, coerced to the types of the fields. */
export function Form<T extends TProperties>(properties: T): TObject<T> {
  const schema = Body(properties)
  // Fastify chooses the schema by media type; the handler sees the fields.
  return { content: { 'application/x-www-form-urlencoded': { schema } } } as unknown as TObject<T>
}

const named = new Map<string, TSchema>()

/** The schema with that `$id`, if one was referred to. */
export function schemaNamed($id: string): TSchema | undefined {
  return named.get($id)
}

/** @throws Error when two different schemas have one name */
function remember(schema: TSchema, $id: string): void {
  const known = named.get($id)
  if (known && known !== schema) throw new Error(`two schemas are called ${$id}`)
  named.set($id, schema)
}

/** Cached copies by original: schemas are constants, and a process may build the service more than once (tests). */
const copies = new WeakMap<object, unknown>()

/** A copy in which every schema with an `$id` is replaced by a `$ref`. */
function linked(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  const known = copies.get(schema)
  if (known) return known
  const { $id } = schema as { $id?: unknown }
  const made = typeof $id === 'string' ? ref(schema as TSchema) : linkedParts(schema)
  copies.set(schema, made)
  return made
}

function linkedParts(schema: object): unknown {
  if (Array.isArray(schema)) return schema.map(linked)
  return Object.fromEntries(Object.entries(schema).map(([key, each]) => [key, linked(each)]))
}

/** The bodies or answers of a route, with every schema that has an `$id` replaced by a `$ref`. */
export function pointing<T>(schema: T): T {
  return linked(schema) as T
}

const linkedNamed = new Map<string, { $id: string }>()

function linkedOf($id: string): { $id: string } {
  const known = linkedNamed.get($id)
  if (known) return known
  const made = linkedParts(named.get($id) as object) as { $id: string }
  linkedNamed.set($id, made)
  return made
}

const names = new WeakMap<object, ReadonlySet<string>>()

/** The `$id`s that a schema refers to directly. */
function namesIn(schema: unknown): ReadonlySet<string> {
  if (typeof schema !== 'object' || schema === null) return new Set()
  const known = names.get(schema)
  if (known) return known
  const { $ref } = schema as { $ref?: unknown }
  const found = new Set(typeof $ref === 'string' ? [$ref.replace(/#$/, '')] : [])
  for (const each of Object.values(schema)) for (const name of namesIn(each)) found.add(name)
  names.set(schema, found)
  return found
}

const closures = new Map<string, ReadonlySet<string>>()

/** A named schema and those that it refers to, directly or through others. */
function closureOf($id: string): ReadonlySet<string> {
  const known = closures.get($id)
  if (known) return known
  const found = new Set([$id])
  // A set may grow while it is iterated.
  for (const each of found) for (const name of namesIn(linkedOf(each))) if (named.has(name)) found.add(name)
  closures.set($id, found)
  return found
}

/** The schemas that `schema` refers to, directly or through others. */
export function pointedTo(schema: unknown): { $id: string }[] {
  const found = new Set<string>()
  for (const $id of namesIn(schema)) if (named.has($id)) for (const each of closureOf($id)) found.add(each)
  return [...found].map(linkedOf)
}

/**
 * A `$ref` to a schema by its `$id`, so that the OpenAPI file contains it once; a schema without `$id` is returned as is.
 * @throws Error when two different schemas have the same `$id`
 */
export function ref<T extends TSchema>(schema: T): Type.TUnsafe<Static<T>> {
  const { $id } = schema as { $id?: string }
  if ($id === undefined) return schema as unknown as Type.TUnsafe<Static<T>>
  remember(schema, $id)
  return Type.Unsafe<Static<T>>({ $ref: `${$id}#` } as TSchema)
}

/** The answer of a list route: items, and the cursor of the next page, or null on the last. */
export function Page<T extends TSchema>(item: T) {
  return Type.Object({
    items: Type.Array(ref(item)),
    nextCursor: Type.Union([Type.String(), Type.Null()], {
      description: '下一页 · pass as `cursor`; null at the end',
    }),
  })
}

/** `?lang=` of routes whose answers contain texts; without it Accept-Language decides. */
export const LanguageQuery = Type.Object({
  lang: Type.Optional(Type.Unsafe<'zh' | 'en'>({ type: 'string', enum: ['zh', 'en'] })),
})

export const PageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(
    Type.String({ maxLength: 1000, description: '上一页的 nextCursor · the last page’s nextCursor' }),
  ),
})

/** RFC 9457, with a permanent `code`. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'urn:muster:problem:CODE' }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: '永久不变 · permanent, such as shift.full' }),
    text: Type.String({
      description:
        '给人看的说明：出了什么问题、该怎么办 · for people, in the language of the request: what is wrong and what to do',
    }),
    detail: Type.String({ description: 'For developers, in English' }),
    requestId: Type.String(),
    details: Type.Record(Type.String(), Type.Unknown()),
    violations: Type.Optional(
      Type.Array(
        Type.Object({
          at: Type.String({ description: 'JSON pointer' }),
          rule: Type.String(),
          message: Type.String(),
        }),
      ),
    ),
  },
  { $id: 'Problem' },
)
export type Problem = Static<typeof Problem>

const problem = {
  description: '问题 · Problem (RFC 9457)',
  content: { 'application/problem+json': { schema: ref(Problem) } },
}

/** Every route may answer with a problem: `response: { 200: …, ...problems }`. */
export const problems = { '4xx': problem, '5xx': problem } as const
