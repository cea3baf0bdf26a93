import fastJson, { type Schema } from 'fast-json-stringify'
import type { FastifySerializerCompiler } from 'fastify'
import { pointedTo } from './schemas.ts'

const built = new Map<string, (value: unknown) => string>()

/**
 * Serializers that write what the contract names and drop the rest. Each is built with the schemas it points to
 * alone, and once in a process: with all of them each time, a start took two seconds for a hundred routes.
 */
export function buildSerializer(): FastifySerializerCompiler<Schema> {
  return ({ schema }) => {
    const text = JSON.stringify(schema)
    const known = built.get(text)
    if (known) return known
    const shared = Object.fromEntries(pointedTo(schema).map((each) => [each.$id, each as Schema]))
    const serializer = fastJson(schema, { schema: shared })
    built.set(text, serializer)
    return serializer
  }
}
