/** Generates the console's typed API client from the OpenAPI description. */

interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: boolean | Schema
  patternProperties?: Record<string, Schema>
}
interface Content {
  content?: Record<string, { schema?: Schema }>
}
interface Operation {
  operationId: string
  summary?: string
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[]
  requestBody?: Content
  responses: Record<string, Content>
}
export interface Description {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

const nameIn = (ref: string) => ref.slice(ref.lastIndexOf('/') + 1)
const keyOf = (key: string) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key))

function objectType({ properties = {}, required = [], ...schema }: Schema): string {
  const open = schema.additionalProperties
  const values = typeof open === 'object' ? open : Object.values(schema.patternProperties ?? {})[0]
  if (Object.keys(properties).length === 0) return `Record<string, ${values ? typeOf(values) : 'unknown'}>`
  const fields = Object.entries(properties).map(
    ([key, each]) => `${keyOf(key)}${required.includes(key) ? '' : '?'}: ${typeOf(each)}`,
  )
  return `{ ${fields.join('; ')} }`
}

function typeOf(schema: Schema): string {
  const { $ref, type, items, anyOf } = schema
  if ($ref) return nameIn($ref)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if ('const' in schema) return JSON.stringify(schema.const)
  if (anyOf) return anyOf.map(typeOf).join(' | ')
  if (Array.isArray(type)) return type.map((each) => typeOf({ ...schema, type: each })).join(' | ')
  if (type === 'array') return `(${items ? typeOf(items) : 'unknown'})[]`
  if (type === 'object') return objectType(schema)
  if (type === 'integer') return 'number'
  return type === undefined ? 'unknown' : type
}

/** The TypeScript type of a content: of its JSON schema; `otherwise` for other media types; `null` without content. */
function contentType({ content = {} }: Content, otherwise: string): string {
  const { schema } = content['application/json'] ?? {}
  if (schema) return schema.type === 'null' ? 'null' : typeOf(schema)
  return Object.keys(content).length > 0 ? otherwise : 'null'
}

function inputType({ parameters = [], requestBody }: Operation): string {
  const part = (where: string) => parameters.filter((each) => each.in === where)
  const object = (where: string) =>
    objectType({
      properties: Object.fromEntries(part(where).map(({ name, schema }) => [name, schema])),
      required: part(where).flatMap(({ name, required }) => (required ? [name] : [])),
    })
  return [
    ...(part('path').length > 0 ? [`params: ${object('path')}`] : []),
    ...(part('query').length > 0 ? [`query: ${object('query')}`] : []),
    ...(requestBody ? [`body: ${contentType(requestBody, 'FormData')}`] : []),
  ].join('; ')
}

function operationOf(path: string, method: string, operation: Operation): string {
  // An operation may have several success statuses (200 done, 202 accepted): the type is their union.
  const successes = Object.entries(operation.responses).flatMap(([status, response]) =>
    status.startsWith('2') ? contentType(response, 'Blob') : [],
  )
  const types = `{ ${inputType(operation)} }, ${[...new Set(successes)].join(' | ') || 'null'}`
  return `/** ${operation.summary ?? ''} */
export const ${operation.operationId}: Operation<${types}> = { method: '${method.toUpperCase()}', path: '${path}' }`
}

/** The text of `src/web/api/operations.ts`: one type for each schema and one constant for each operation. */
export function operationsText({ paths, components }: Description): string {
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `export type ${name} = ${typeOf(schema)}`,
  )
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationOf(path, method, operation)),
  )
  const head = `/** Written by \`npm run openapi\` from src/openapi.json. */
import type { Operation } from '../core/operation.ts'`
  return `${[head, ...schemas, ...operations].join('\n\n')}\n`
}
