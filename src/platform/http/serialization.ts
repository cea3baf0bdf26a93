import fastJson, { type Schema } from 'fast-json-stringify'
import type { FastifySerializerCompiler } from 'fastify'

type Shared = Record<string, Schema>

/** The names that a schema points to, itself or through others. */
function pointedTo(schema: unknown, shared: Shared, found = new Set<string>()): Set<string> {
  for (const [, name] of JSON.stringify(schema).matchAll(/"\$ref":"([^"#]+)#?"/g)) {
    if (name === undefined || found.has(name)) continue
    found.add(name)
    pointedTo(shared[name], shared, found)
  }
  return found
}

const built = new Map<string, (value: unknown) => string>()

/**
 * Serializers that write what the contract names and drop the rest. Each is built with the schemas it points to
 * alone, and once in a process: with all of them each time, a start took two seconds for a hundred routes.
 */
export function buildSerializer(shared: Shared): FastifySerializerCompiler<Schema> {
  return ({ schema }) => {
    const text = JSON.stringify(schema)
    const known = built.get(text)
    if (known) return known
    const names = pointedTo(schema, shared)
    const serializer = fastJson(schema, {
      schema: Object.fromEntries([...names].map((name) => [name, shared[name] as Schema])),
    })
    built.set(text, serializer)
    return serializer
  }
}
