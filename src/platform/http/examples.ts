/**
 * Examples of fields: by the name of the field, or more precisely by `Owner.field`, where the owner is the operation or
 * the named schema that the field belongs to. Where a field takes several forms, a list: each form gets the first that
 * fits it.
 */
export type FieldExamples = Readonly<Record<string, string | readonly string[]>>

interface Schema {
  $ref?: string
  type?: unknown
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  enum?: unknown
  const?: unknown
  examples?: unknown
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
}

/** Whether a client could only make a value up: text without an example and not of a closed set. */
export function isUnguided(schema: Schema): boolean {
  return schema.type === 'string' && !('enum' in schema || 'const' in schema || 'examples' in schema)
}

function fits(example: string, { format, pattern, minLength = 0, maxLength = Infinity }: Schema): boolean {
  if (example.length < minLength || example.length > maxLength) return false
  if (format === 'date' && !/^\d{4}-\d\d-\d\d$/.test(example)) return false
  return pattern === undefined || new RegExp(pattern, 'u').test(example)
}

/** A copy of a schema in which every text without an example has the one of its field, if there is one. */
export function withExamples(schema: Schema, owner: string, examples: FieldExamples, field = ''): Schema {
  const inner = (each: Schema, name = field) => withExamples(each, owner, examples, name)
  const known = [examples[`${owner}.${field}`] ?? examples[field] ?? []].flat()
  const example = known.find((each) => fits(each, schema))
  return {
    ...schema,
    ...(example !== undefined && isUnguided(schema) ? { examples: [example] } : {}),
    ...(schema.items ? { items: inner(schema.items) } : {}),
    ...(schema.anyOf ? { anyOf: schema.anyOf.map((each) => inner(each)) } : {}),
    ...(schema.properties
      ? {
          properties: Object.fromEntries(
            Object.entries(schema.properties).map(([name, each]) => [name, inner(each, name)]),
          ),
        }
      : {}),
  }
}

type Content = Record<string, { schema?: Schema }>
interface Described {
  paths?: Record<string, Record<string, object>>
  components?: { schemas?: Record<string, Schema> }
}

/** Gives every body and every named schema of a description the examples of its fields. */
export function giveExamples({ paths = {}, components }: Described, examples: FieldExamples): void {
  type Operation = { operationId?: string; requestBody?: { content: Content } }
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    const { operationId = '', requestBody } = operation as Operation
    for (const content of Object.values(requestBody?.content ?? {})) {
      if (content.schema) content.schema = withExamples(content.schema, operationId, examples)
    }
  }
  if (!components?.schemas) return
  components.schemas = Object.fromEntries(
    Object.entries(components.schemas).map(([name, schema]) => [name, withExamples(schema, name, examples)]),
  )
}
