import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Transcript } from './transcript.ts'

// biome-ignore lint/suspicious/noExplicitAny: a description of the API, walked through
const api: any = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../src/openapi.json'), 'utf8'))

/** By the name of a parameter: the values that stand in an address. */
export type Values = Record<string, readonly string[]>

interface Parameter {
  name: string
  in: string
  required?: boolean
  schema: { enum?: string[]; anyOf?: { enum?: string[] }[] }
}

/** Whether lists are read once more for each value of a closed set that they can be narrowed by. */
export const narrowed = process.env.COMMON_CADRES !== undefined

const apart = /^\/api\/(screen|roll|activations|shifts\/\{shiftId\}\/eligibility)\//

/**
 * Every read there is, in every address these values make. Streams go on until somebody ends them, and are left out; of a
 * token only those that are a volunteer's. Whether somebody may take a place tells 已另有安排, and is asked apart.
 * @returns the operations for which a value was missing
 */
export async function readEverything(told: Transcript, values: Values): Promise<string[]> {
  const missing: string[] = []
  for (const [path, operations] of Object.entries<Record<string, never>>(api.paths)) {
    const operation = operations.get as undefined | { operationId: string; parameters?: Parameter[] }
    if (!operation || path.endsWith('/stream') || apart.test(path)) continue
    const { operationId, parameters = [] } = operation
    const needed = parameters.filter((each) => each.in === 'path' || (each.in === 'query' && each.required))
    if (needed.some(({ name }) => !values[name])) {
      missing.push(operationId)
      continue
    }
    for (const url of addressesOf(path, needed, values)) {
      await told.ask('GET', url)
      if (!narrowed) continue
      for (const [name, value] of parameters.filter((each) => each.in === 'query').flatMap(choicesOf))
        await told.ask('GET', `${url}${url.includes('?') ? '&' : '?'}${name}=${value}`)
    }
  }
  return missing
}

/** Every change that is asked for at an address with one of these parameters, in every address these values make. */
export function changesAt(
  names: readonly string[],
  values: Values,
): { operationId: string; method: 'PUT' | 'POST' | 'PATCH' | 'DELETE'; url: string }[] {
  const changes = Object.entries<Record<string, { operationId: string; parameters?: Parameter[] }>>(api.paths)
  return changes.flatMap(([path, operations]) =>
    (['put', 'post', 'patch', 'delete'] as const).flatMap((method) => {
      const { operationId, parameters = [] } = operations[method] ?? {}
      const needed = parameters.filter((each) => each.in === 'path')
      const asked =
        needed.some(({ name }) => names.includes(name)) && needed.every(({ name }) => values[name])
      if (!operationId || !asked) return []
      const verb = method.toUpperCase() as 'PUT' | 'POST' | 'PATCH' | 'DELETE'
      return addressesOf(path, needed, values).map((url) => ({ operationId, method: verb, url }))
    }),
  )
}

function choicesOf({ name, schema }: Parameter): [string, string][] {
  const choices = schema.enum ?? schema.anyOf?.flatMap(({ enum: some = [] }) => some) ?? []
  return name === 'lang' || name === 'language' ? [] : choices.map((choice) => [name, choice])
}

function addressesOf(path: string, needed: readonly Parameter[], values: Values): string[] {
  let urls = [path]
  for (const { name, in: where } of needed)
    urls = urls.flatMap((url) =>
      values[name]!.map((value) =>
        where === 'path'
          ? url.replace(`{${name}}`, encodeURIComponent(value))
          : `${url}${url.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`,
      ),
    )
  return urls
}
