import { isUnguided } from '#platform/http/examples.ts'

interface Schema {
  $ref?: string
  type?: string
  format?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
}
interface Described {
  paths: Record<
    string,
    Record<string, { operationId?: string; requestBody?: { content: Record<string, { schema: Schema }> } }>
  >
  components: { schemas: Record<string, Schema> }
}

/** The texts of requests for which a client could only make something up: by operation, or by named schema, and field. */
export function unguidedTexts({ paths, components }: Described): string[] {
  const within = (schema: Schema, at: string): string[] => {
    if (schema.$ref) {
      const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
      return within(components.schemas[name] as Schema, name)
    }
    if (isUnguided(schema)) return schema.format === 'uuid' ? [] : [at]
    const inner = [...(schema.items ? [schema.items] : []), ...(schema.anyOf ?? [])]
    return [
      ...inner.flatMap((each) => within(each, at)),
      ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) => within(each, `${at}.${name}`)),
    ]
  }
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods))
  const found = operations.flatMap(({ operationId = '', requestBody }) =>
    Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => within(schema, operationId)),
  )
  return [...new Set(found)]
}
