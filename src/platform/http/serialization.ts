import fastJson, { type Schema } from 'fast-json-stringify'
import type { FastifySerializerCompiler } from 'fastify'
import { pointedTo } from './schemas.ts'

type Write = (value: unknown) => string
type Serializer = Write & { build(): Write }

const known = new Map<string, Serializer>()
/** Cache by schema object, for schemas that are constants. */
const ofObject = new WeakMap<Schema & object, Serializer>()

/** A serializer that is built on first use, with only the schemas that it refers to. */
function serializerOf(schema: Schema): Serializer {
  const text = JSON.stringify(schema)
  const same = known.get(text)
  if (same) return same
  let write: Write | undefined
  const build = () => {
    if (write) return write
    const shared = Object.fromEntries(pointedTo(schema).map((each) => [each.$id, each as Schema]))
    write = fastJson(schema, { schema: shared }) as Write
    return write
  }
  const serializer = Object.assign((value: unknown) => build()(value), { build })
  known.set(text, serializer)
  return serializer
}

/** Builds all serializers. @returns how many there are @throws Error when a schema is not valid */
export function buildSerializers(): number {
  for (const each of known.values()) each.build()
  return known.size
}

/** Serializers that write the fields of the contract and drop all others, each built once per process. */
export const compileSerializer: FastifySerializerCompiler<Schema & object> = ({ schema }) => {
  const serializer = ofObject.get(schema) ?? serializerOf(schema)
  ofObject.set(schema, serializer)
  return serializer
}
