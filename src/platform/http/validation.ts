import { Ajv2020, type Options } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { FastifySchemaCompiler, RouteOptions } from 'fastify'
import type { TSchema } from 'typebox'

const common: Options = {
  allErrors: false,
  useDefaults: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
  strictTuples: false,
  // OpenAPI's own keyword, for the documentation.
  keywords: ['example'],
}

/** Text becomes what the schema asks for: addresses and forms carry nothing but text. */
const coercing: Options = { ...common, coerceTypes: 'array' }

function ajvOf(options: Options, shared: readonly TSchema[]): Ajv2020 {
  const ajv = new Ajv2020(options)
  // The package is CommonJS; under Node its default export is the module.
  const addFormats = (formats as unknown as { default?: typeof formats.default }).default ?? formats
  ;(addFormats as unknown as (ajv: Ajv2020) => void)(ajv)
  for (const schema of shared) ajv.addSchema(schema)
  return ajv
}

const isForm = (contentType: string | undefined) => contentType === 'application/x-www-form-urlencoded'

/**
 * Two validators: JSON bodies are taken as they stand, without coercion; query, params and form bodies are coerced.
 * In neither is anything removed: a body with a key that is not named is refused by its schema.
 */
export function buildValidator(shared: Record<string, unknown>): FastifySchemaCompiler<TSchema> {
  const schemas = Object.values(shared) as TSchema[]
  const strict = ajvOf(common, schemas)
  const loose = ajvOf(coercing, schemas)
  return ({ schema, httpPart, contentType }) => {
    const ajv = httpPart === 'body' && !isForm(contentType) ? strict : loose
    return ajv.compile(schema)
  }
}

type Named = (id: string) => unknown

/** Calls `look` with every object schema of a body, through references, and where it stands. */
function eachObject(
  schema: unknown,
  at: string,
  named: Named,
  look: (object: object, at: string) => void,
): void {
  const { $ref, anyOf, items, type, content, properties } = (schema ?? {}) as Record<string, unknown>
  if (typeof $ref === 'string') eachObject(named($ref.replace(/#$/, '')), at, named, look)
  for (const each of Object.values(content ?? {}))
    eachObject((each as { schema: unknown }).schema, at, named, look)
  for (const each of Array.isArray(anyOf) ? anyOf : []) eachObject(each, at, named, look)
  if (items) eachObject(items, `${at}/*`, named, look)
  for (const [key, each] of Object.entries(properties ?? {})) eachObject(each, `${at}/${key}`, named, look)
  if (type === 'object') look(schema as object, at)
}

/**
 * @throws Error when a body would silently take keys that it does not name: the body itself must be strict, and
 *   what is inside it strict too, or open on purpose (`additionalProperties` said, or a Record)
 */
export function assertStrictBody({ method, url, schema }: RouteOptions, named: Named): void {
  const seen = new Set<string>()
  // Each name once: a schema may contain itself.
  const once: Named = (id) => (seen.has(id) ? undefined : (seen.add(id), named(id)))
  eachObject(schema?.body, '', once, (object, at) => {
    const { additionalProperties, patternProperties } = object as Record<string, unknown>
    const open = at !== '' && (additionalProperties !== undefined || patternProperties !== undefined)
    if (additionalProperties === false || open) return
    throw new Error(`${method} ${url}: the body${at} takes unknown keys; declare it with Body({…})`)
  })
}
