import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js'
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

function ajvOf(options: Options): Ajv2020 {
  const ajv = new Ajv2020(options)
  // The package is CommonJS; under Node its default export is the module.
  const addFormats = (formats as unknown as { default?: typeof formats.default }).default ?? formats
  ;(addFormats as unknown as (ajv: Ajv2020) => void)(ajv)
  return ajv
}

/** One pair for the process: names are unique in it, and the same schema is compiled once. */
const strict = { ajv: ajvOf(common), validators: new Map<string, Validator>() }
const loose = { ajv: ajvOf({ ...common, coerceTypes: 'array' }), validators: new Map<string, Validator>() }

interface Validator {
  (data: unknown): boolean
  errors?: ValidateFunction['errors']
  compile(): ValidateFunction
}

/** Compiled when it is first needed: all of them at once are half of a start. */
function validatorOf(ajv: Ajv2020, schema: TSchema): Validator {
  let compiled: ValidateFunction | undefined
  const compile = () => {
    compiled ??= ajv.compile(schema)
    return compiled
  }
  const validator: Validator = Object.assign(
    (data: unknown) => {
      const validate = compile()
      const valid = validate(data)
      validator.errors = validate.errors
      return valid
    },
    { compile },
  )
  return validator
}

/** Compiles what was not needed yet, and tells how many there are. @throws Error when one is no schema */
export function compileValidators(): number {
  const all = [strict, loose].flatMap(({ validators }) => [...validators.values()])
  for (const each of all) each.compile()
  return all.length
}

const isForm = (contentType: string | undefined) => contentType === 'application/x-www-form-urlencoded'

/**
 * Two validators: JSON bodies are taken as they stand, without coercion; query, params and form bodies carry nothing
 * but text, which becomes what the schema asks for. In neither is anything removed: a body with a key that is not
 * named is refused by its schema.
 */
export function buildValidator(shared: Record<string, TSchema>): FastifySchemaCompiler<TSchema> {
  for (const { ajv } of [strict, loose]) {
    // Not asked by `getSchema`, which would compile it.
    for (const [name, schema] of Object.entries(shared)) if (!(name in ajv.schemas)) ajv.addSchema(schema)
  }
  return ({ schema, httpPart, contentType }) => {
    const { ajv, validators } = httpPart === 'body' && !isForm(contentType) ? strict : loose
    const text = JSON.stringify(schema)
    const validator = validators.get(text) ?? validatorOf(ajv, schema)
    validators.set(text, validator)
    return validator as never
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
  const once: Named = (id) => {
    if (seen.has(id)) return undefined
    seen.add(id)
    return named(id)
  }
  eachObject(schema?.body, '', once, (object, at) => {
    const { additionalProperties, patternProperties } = object as Record<string, unknown>
    const open = at !== '' && (additionalProperties !== undefined || patternProperties !== undefined)
    if (additionalProperties === false || open) return
    throw new Error(`${method} ${url}: the body${at} takes unknown keys; declare it with Body({…})`)
  })
}
