import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { FastifySchemaCompiler, RouteOptions } from 'fastify'
import type { TSchema } from 'typebox'
import { isInstant } from '../time.ts'
import { pointedTo } from './schemas.ts'

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
  ajv.addFormat('date-time', isInstant)
  return ajv
}

/** One pair of validators per process: `$id`s are unique, and each schema is compiled once. */
const strict = compilerOf(common)
const loose = compilerOf({ ...common, coerceTypes: 'array' })

function compilerOf(options: Options) {
  return {
    ajv: ajvOf(options),
    validators: new Map<string, Validator>(),
    /** Cache by schema object, for schemas that are constants. */
    known: new WeakMap<TSchema, Validator>(),
  }
}

interface Validator {
  (data: unknown): boolean
  errors?: ValidateFunction['errors']
  compile(): ValidateFunction
}

/** Maximum nesting of objects and lists in a request: deeper values overflow the stack of recursive code. */
const depthMax = 32

/**
 * Checks that no schema can express: numbers are finite, nesting is limited. `1e309` is parsed as Infinity, in text and
 * in JSON, and Ajv applies `minimum` and `maximum` to finite numbers only.
 */
function endlessIn(data: unknown, at = '', depth = 0): ErrorObject | undefined {
  if (typeof data === 'number' && !Number.isFinite(data))
    return endless(at, 'type', 'must be a finite number')
  if (typeof data !== 'object' || data === null) return undefined
  if (depth > depthMax) return endless('', 'depth', `must not be nested deeper than ${depthMax} levels`)
  for (const key in data) {
    const found = endlessIn((data as Record<string, unknown>)[key], `${at}/${key}`, depth + 1)
    if (found) return found
  }
  return undefined
}

function endless(instancePath: string, keyword: string, message: string): ErrorObject {
  return { keyword, instancePath, schemaPath: `#/${keyword}`, params: {}, message }
}

/** A validator that is compiled on first use: compiling all of them would take half of the start. */
function validatorOf(ajv: Ajv2020, schema: TSchema): Validator {
  let compiled: ValidateFunction | undefined
  const compile = () => {
    if (compiled) return compiled
    // Not `getSchema`, because that would compile it.
    for (const each of pointedTo(schema)) if (!(each.$id in ajv.schemas)) ajv.addSchema(each)
    compiled = ajv.compile(schema)
    return compiled
  }
  const validator: Validator = Object.assign(
    (data: unknown) => {
      const validate = compile()
      const valid = validate(data)
      const found = valid ? endlessIn(data) : undefined
      validator.errors = found ? [found] : validate.errors
      return valid && !found
    },
    { compile },
  )
  return validator
}

/** What compiles each of the validators. */
export const validatorBuilds = () =>
  [strict, loose].flatMap(({ validators }) => [...validators.values()].map(({ compile }) => compile))

/** Compiles all validators. @returns how many there are @throws Error when a schema is not valid */
export function compileValidators(): number {
  const all = [strict, loose].flatMap(({ validators }) => [...validators.values()])
  for (const each of all) each.compile()
  return all.length
}

const isForm = (contentType: string | undefined) => contentType === 'application/x-www-form-urlencoded'

/**
 * Two validators: JSON bodies are validated without coercion; query, params and form bodies contain only text, which is
 * coerced to the types of the schema. Neither removes anything: unknown keys are refused by the schema.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart, contentType }) => {
  const { ajv, validators, known } = httpPart === 'body' && !isForm(contentType) ? strict : loose
  const found = known.get(schema)
  if (found) return found as never
  const text = JSON.stringify(schema)
  const validator = validators.get(text) ?? validatorOf(ajv, schema)
  validators.set(text, validator)
  known.set(schema, validator)
  return validator as never
}

const noQuery = { type: 'object', properties: {} }
const closed = new WeakMap<object, object>()

/**
 * Makes the query of a route under /api strict: unknown keys are refused, not ignored. Pages accept any key, because
 * messengers and browsers add keys of their own to links.
 * @throws Error when the query is not one object schema
 */
export function closeQuery(route: RouteOptions): void {
  const { method, url, schema } = route
  if (!url.startsWith('/api/')) return
  const query = (schema?.querystring ?? noQuery) as Record<string, unknown>
  if (query.type !== 'object' || query.additionalProperties === true)
    throw new Error(`${method} ${url}: the query takes unknown keys; declare it with Type.Object({…})`)
  const strictly = closed.get(query) ?? { ...query, additionalProperties: false }
  closed.set(query, strictly)
  route.schema = { ...schema, querystring: strictly }
}

type Named = (id: string) => unknown

/** Calls `look` with every object schema of a body, references included, and its path. */
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
 * Checks that a body schema is strict.
 * @throws Error when it would silently accept unknown keys: every object in it must be strict, or open on purpose
 *   (`additionalProperties` is set, or it is a Record)
 */
export function assertStrictBody({ method, url, schema }: RouteOptions, named: Named): void {
  const seen = new Set<string>()
  // Visit each `$id` once: a schema may contain itself.
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
