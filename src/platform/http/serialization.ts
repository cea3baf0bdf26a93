import fastJson, { type Schema } from 'fast-json-stringify'
import type { FastifySerializerCompiler } from 'fastify'
import { pointedTo } from './schemas.ts'

type Serializer = (value: unknown) => string

const built = new Map<string, Serializer>()
/** Cache by schema object, for schemas that are constants. */
const known = new WeakMap<Schema & object, Serializer>()

function serializerOf(schema: Schema): Serializer {
  const text = JSON.stringify(schema)
  const same = built.get(text)
  if (same) return same
  const shared = Object.fromEntries(pointedTo(schema).map((each) => [each.$id, each as Schema]))
  const serializer = fastJson(schema, { schema: shared })
  built.set(text, serializer)
  return serializer
}

/**
 * Serializers that write the fields of the contract and drop all others. Each is built once per process, with only the
 * schemas it refers to: with all schemas each time, the start took two seconds for a hundred routes.
 */
export const compileSerializer: FastifySerializerCompiler<Schema & object> = ({ schema }) => {
  const serializer = known.get(schema) ?? serializerOf(schema)
  known.set(schema, serializer)
  return serializer
}
