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

/** The object schemas of a body, through references. */
function objectsOf(schema: unknown, named: (id: string) => unknown): { additionalProperties?: unknown }[] {
  const { $ref, anyOf, allOf, type, content } = (schema ?? {}) as Record<string, unknown>
  if (typeof $ref === 'string') return objectsOf(named($ref.replace(/#$/, '')), named)
  if (content)
    return Object.values(content).flatMap((each) => objectsOf((each as { schema: unknown }).schema, named))
  if (Array.isArray(anyOf)) return anyOf.flatMap((each) => objectsOf(each, named))
  if (Array.isArray(allOf)) return [schema as object]
  return type === 'object' ? [schema as object] : []
}

/** @throws Error when a route's body would silently take keys that it does not name; build it with `Body` */
export function assertStrictBody(
  { method, url, schema }: RouteOptions,
  named: (id: string) => unknown,
): void {
  for (const object of objectsOf(schema?.body, named)) {
    if (object.additionalProperties !== false) {
      throw new Error(`${method} ${url}: the body takes unknown keys; declare it with Body({…})`)
    }
  }
}
