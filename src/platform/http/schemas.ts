import Type, { type Static, type TObject, type TProperties, type TSchema } from 'typebox'

/** The identifier of anything: a UUID. */
export const Id = Type.String({ format: 'uuid', description: '标识 · UUID' })

/** A moment, ISO 8601 with offset or `Z`; the service answers in UTC with milliseconds. */
export const Instant = Type.String({ format: 'date-time', description: 'ISO 8601, with an offset or Z' })

/** A calendar day without a zone of time. */
export const Day = Type.String({ format: 'date', description: 'YYYY-MM-DD' })

/** A request body: keys that are not named are refused. */
export function Body<T extends TProperties>(
  properties: T,
  options: { $id?: string; description?: string } = {},
): TObject<T> {
  return Type.Object(properties, { ...options, additionalProperties: false })
}

/** What a browser's form sends without a script, as a body: text, which becomes what the fields ask for. */
export function Form<T extends TProperties>(properties: T): TObject<T> {
  const schema = Body(properties)
  // Fastify chooses the schema by media type; the handler sees the fields.
  return { content: { 'application/x-www-form-urlencoded': { schema } } } as unknown as TObject<T>
}

const named = new Map<string, TSchema>()

/** @throws Error when two different schemas have one name */
function remember(schema: TSchema, $id: string): void {
  const known = named.get($id)
  if (known && known !== schema) throw new Error(`two schemas are called ${$id}`)
  named.set($id, schema)
}

/** A copy in which every schema that has a name is pointed to; `schema` itself stays when `whole`. */
function linked(schema: unknown, whole: boolean): unknown {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map((each) => linked(each, false))
  const { $id } = schema as { $id?: unknown }
  if (!whole && typeof $id === 'string') return ref(schema as TSchema)
  return Object.fromEntries(Object.entries(schema).map(([key, each]) => [key, linked(each, false)]))
}

/** Bodies or answers of a route, with every schema that has a name pointed to. */
export function pointing<T>(schema: T): T {
  return linked(schema, false) as T
}

const linkedNamed = new Map<string, { $id: string }>()

function linkedOf($id: string): { $id: string } {
  const known = linkedNamed.get($id)
  if (known) return known
  const made = linked(named.get($id), true) as { $id: string }
  linkedNamed.set($id, made)
  return made
}

/** The schemas that `schema` points to by name, itself or through others. */
export function pointedTo(schema: unknown, found = new Map<string, { $id: string }>()): { $id: string }[] {
  for (const [, $id] of JSON.stringify(schema).matchAll(/"\$ref":"([^"#]+)#"/g)) {
    if ($id === undefined || found.has($id) || !named.has($id)) continue
    found.set($id, linkedOf($id))
    pointedTo(linkedOf($id), found)
  }
  return [...found.values()]
}

/**
 * Points to a schema by its `$id`, so that the OpenAPI file has it once; a schema without one stands for itself.
 * @throws Error when two different schemas have one name
 */
export function ref<T extends TSchema>(schema: T): Type.TUnsafe<Static<T>> {
  const { $id } = schema as { $id?: string }
  if ($id === undefined) return schema as unknown as Type.TUnsafe<Static<T>>
  remember(schema, $id)
  return Type.Unsafe<Static<T>>({ $ref: `${$id}#` } as TSchema)
}

/** An answer of a list route: some items, and the cursor of the next page or null. */
export function Page<T extends TSchema>(item: T) {
  return Type.Object({
    items: Type.Array(ref(item)),
    nextCursor: Type.Union([Type.String(), Type.Null()], {
      description: '下一页 · pass as `cursor`; null at the end',
    }),
  })
}

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
    detail: Type.String(),
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
