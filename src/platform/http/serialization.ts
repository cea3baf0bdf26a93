import fastJson, { type Schema } from 'fast-json-stringify'
import type { FastifySerializerCompiler } from 'fastify'
import { pointedTo } from './schemas.ts'

type Serializer = (value: unknown) => string

const built = new Map<string, Serializer>()
/** Cache by schema object, for schemas that are constants. */
const known = new WeakMap<Schema & object, Serializer>()

type Parts = Record<string, unknown>

const simple = new Set(['string', 'number', 'integer', 'boolean'])

/** What `$ref: NAME#` becomes where null may stand for it. */
const orNull = (name: string) => `${name}OrNull`

/**
 * The same schema with "this or null", and one of several words, told by a type. As alternatives each would be checked by a
 * validator, and compiling those took most of the first answer of a route: up to 140 ms, in one turn of the event loop.
 */
function told(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(told)
  if (typeof schema !== 'object' || schema === null) return schema
  const parts = Object.fromEntries(Object.entries(schema).map(([key, each]) => [key, told(each)])) as Parts
  const { anyOf, ...rest } = parts
  if (!Array.isArray(anyOf)) return parts
  const others = (anyOf as Parts[]).filter(({ type }) => type !== 'null')
  const nullable = others.length < anyOf.length || others.some((each) => each.nullable === true)
  const [first = {}] = others
  const { $ref, type } = first
  if (others.length === 1 && typeof $ref === 'string')
    return { ...rest, $ref: `${orNull($ref.replace(/#$/, ''))}#` }
  if (typeof type !== 'string') return parts
  if (others.length === 1) return { ...rest, ...first, nullable }
  if (simple.has(type) && others.every((each) => each.type === type)) return { ...rest, type, nullable }
  return parts
}

/** The schemas that are referred to, each also as one for which null may stand. */
function sharedBy(schema: Schema): Record<string, Schema> {
  const shared: Record<string, Schema> = {}
  for (const each of pointedTo(schema)) {
    const { $id, ...parts } = told(each) as Parts & { $id: string }
    const either = Array.isArray(parts.anyOf)
      ? { anyOf: [...parts.anyOf, { type: 'null' }] }
      : { nullable: true }
    shared[$id] = { $id, ...parts } as Schema
    shared[orNull($id)] = { ...parts, ...either, $id: orNull($id) } as Schema
  }
  return shared
}

function serializerOf(schema: Schema): Serializer {
  const text = JSON.stringify(schema)
  const same = built.get(text)
  if (same) return same
  const serializer = fastJson(told(schema) as Schema, { schema: sharedBy(schema) })
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
