import fastJson, { type Schema } from 'fast-json-stringify'
import type { FastifySerializerCompiler } from 'fastify'
import { pointedTo } from './schemas.ts'

type Write = (value: unknown) => string
type Serializer = Write & { build(): Write }

const known = new Map<string, Serializer>()
/** Cache by schema object, for schemas that are constants. */
const ofObject = new WeakMap<Schema & object, Serializer>()

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

/** A serializer that is built on first use, with only the schemas that it refers to. */
function serializerOf(schema: Schema): Serializer {
  const text = JSON.stringify(schema)
  const same = known.get(text)
  if (same) return same
  let write: Write | undefined
  const build = () => {
    if (write) return write
    write = fastJson(told(schema) as Schema, { schema: sharedBy(schema) }) as Write
    return write
  }
  const serializer = Object.assign((value: unknown) => build()(value), { build })
  known.set(text, serializer)
  return serializer
}

/** What builds each of the serializers. */
export const serializerBuilds = () => [...known.values()].map(({ build }) => build)

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
