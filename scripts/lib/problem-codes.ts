/**
 * Finds the error codes of each operation by static analysis of the source: from the route's handler through the call
 * graph to the errors thrown. The result may have codes too many (a function that throws only for another caller), but none
 * too few: the tests compare every answer of the service with it.
 */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { inLines } from './in-lines.ts'

const src = resolve(import.meta.dirname, '../../src')

/** A top-level definition of a file, and the definitions that its text names. */
interface Definition {
  file: string
  text: string
  codes: string[]
  uses: Set<string>
}

interface Source {
  file: string
  definitions: Map<string, string>
  /** Imports: from the local name to `file name`. */
  imported: Map<string, string>
  /** Re-exports, by exported name; `*` for all exports of a file. */
  reExports: { name: string; from: string; file: string }[]
}

/** Types of injected implementations: code that takes such a type may call every implementation of it. */
const injectedTypes = ['MergeParticipant', 'ShiftPeople', 'SheetRegister', 'Provider']
/** Codes composed at run time from a fixed prefix and a variable part: patterns that find the values of the part. */
const composedCodes: Record<string, RegExp> = {
  'activation.': /\bgone\('(\w+)'/g,
  'shift.': /^ {2}(\w+): \{/gm,
}
const routeStart = /^\s*(?:(?:\w+\.)?route\(|closureRoutes\(app, )\{/m
const aliases: [string, string][] = [
  ['#platform/', 'platform/'],
  ['#modules/', 'modules/'],
  ['#planner/', 'planner/'],
  ['#src/', ''],
]

function fileOf(from: string, path: string): string | undefined {
  const alias = aliases.find(([start]) => path.startsWith(start))
  if (alias) return alias[1] + path.slice(alias[0].length)
  return path.startsWith('.') ? relative(src, resolve(src, dirname(from), path)) : undefined
}

const nameOf = (each: string) => {
  const [outer = '', inner = outer] = each
    .replace(/\btype\s+/, '')
    .trim()
    .split(/\s+as\s+/)
  return { outer, inner }
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

function read(file: string): Source {
  const text = withoutComments(readFileSync(join(src, file), 'utf8'))
  const imported = new Map<string, string>()
  const reExports: Source['reExports'] = []
  for (const [, verb, names, path] of text.matchAll(
    /^(import|export)\s+(?:type\s+)?(?:\{([^}]*)\}|\*)\s+from\s+'([^']+)'/gm,
  )) {
    const from = fileOf(file, path as string)
    if (from === undefined) continue
    if (names === undefined) reExports.push({ name: '*', from: '*', file: from })
    for (const each of (names ?? '').split(',').filter((name) => name.trim())) {
      const { outer, inner } = nameOf(each)
      if (verb === 'import') imported.set(inner, `${from} ${outer}`)
      else reExports.push({ name: inner, from: outer, file: from })
    }
  }
  const definitions = new Map<string, string>()
  const parts = text.split(/^(?=(?:export\s+)?(?:async\s+)?(?:function|const|class|interface|type)\b)/m)
  for (const part of parts) {
    const name = /^(?:export\s+)?(?:async\s+)?(?:function\*?|const|class|interface|type)\s+(\w+)/.exec(
      part,
    )?.[1]
    if (name) definitions.set(name, part)
  }
  return { file, definitions, imported, reExports }
}

/** The sorted error codes of each operation, by operationId. */
export function problemCodes(): Map<string, string[]> {
  const sources = new Map(
    globSync('**/*.ts', { cwd: src })
      .filter((file) => !file.startsWith('web/'))
      .map((file) => [file, read(file)] as const),
  )
  const graph = definitionsOf(sources)
  const reached = new Map<string, Set<string>>()
  // A function that registers routes calls other such functions; those are not part of its own handlers.
  const declaresRoutes = (key: string) => routeStart.test(graph.get(key)?.text ?? '')
  const codesFrom = (start: Iterable<string>): Set<string> => {
    const seen = new Set([...start].filter((key) => !declaresRoutes(key)))
    const codes = new Set<string>()
    for (const key of seen) {
      const definition = graph.get(key)
      for (const code of definition?.codes ?? []) codes.add(code)
      for (const next of definition?.uses ?? []) if (!declaresRoutes(next)) seen.add(next)
    }
    return codes
  }
  for (const { file, text } of graph.values()) {
    const helpers = [...text.matchAll(/^ {2}(?:async )?function (\w+)[\s\S]*?^ {2}\}$/gm)]
    const [before = '', ...parts] = text.split(routeStart)
    for (const part of parts) {
      // Local functions that this route calls belong to it.
      const called = helpers.filter(([, name]) => new RegExp(`\\b${name}\\(`).test(part))
      const route = [part, ...called.map(([helper]) => helper)].join('\n')
      const names = namesOf(before, route)
      const source = sources.get(file) as Source
      const own = codesIn(`${before}\n${route}`, knownCodes(sources))
      const codes = new Set([...own, ...codesFrom(usesOf(`${before}\n${route}`, source, sources))])
      // `closureRoutes` checks the ETag for the two routes it registers, so its codes are theirs.
      const closure = /\bclosureRoutes\(/.test(text) && graph.get('platform/http/closure.ts closureRoutes')
      if (closure) for (const code of codesFrom(closure.uses)) codes.add(code)
      for (const name of names) reached.set(name, new Set([...(reached.get(name) ?? []), ...codes]))
    }
  }
  return new Map([...reached].map(([name, codes]) => [name, [...codes].sort()]))
}

/** The operationIds of one route: one, two for a closure, or all names in the list of a loop that registers routes. */
function namesOf(before: string, route: string): string[] {
  const said = [...route.matchAll(/\boperationId: ?([^,\n]*)/g)].flatMap(([, value = '']) =>
    [...value.matchAll(/'(\w+)'/g)].map(([, name]) => name as string),
  )
  if (said.length > 0) return said
  return [...before.matchAll(/'([a-z]+[A-Z]\w*)'/g)].map(([, name]) => name as string)
}

function definitionsOf(sources: ReadonlyMap<string, Source>): Map<string, Definition> {
  const known = knownCodes(sources)
  const graph = new Map<string, Definition>()
  for (const source of sources.values()) {
    for (const [name, text] of source.definitions) {
      const uses = usesOf(text, source, sources)
      graph.set(`${source.file} ${name}`, { file: source.file, text, codes: codesIn(text, known), uses })
    }
  }
  for (const injected of injectedTypes) {
    const given = [...graph].filter(([, { text }]) =>
      new RegExp(`\\): ${injected}\\b|: ${injected}(<[^=]*>)? =`).test(text),
    )
    for (const [key, { text, uses }] of graph) {
      if (!new RegExp(`\\b${injected}\\b`).test(text) || given.some(([each]) => each === key)) continue
      for (const [each] of given) uses.add(each)
    }
  }
  return graph
}

/** The definitions that a text names: in its own file, or imported (re-exports are followed). */
function usesOf(text: string, source: Source, sources: ReadonlyMap<string, Source>): Set<string> {
  const uses = new Set<string>()
  for (const [name] of text.matchAll(/\b[A-Za-z_]\w*\b/g)) {
    if (source.definitions.has(name)) uses.add(`${source.file} ${name}`)
    const imported = source.imported.get(name)
    const target = imported && resolved(imported, sources)
    if (target) uses.add(target)
  }
  return uses
}

function resolved(key: string, sources: ReadonlyMap<string, Source>): string | undefined {
  const [file = '', name = ''] = key.split(' ')
  const source = sources.get(file)
  if (!source) return undefined
  if (source.definitions.has(name)) return key
  for (const { name: outer, from, file: next } of source.reExports) {
    if (outer !== name && outer !== '*') continue
    const found = resolved(`${next} ${outer === '*' ? name : from}`, sources)
    if (found) return found
  }
  return undefined
}

let codesKnown: ReadonlySet<string> | undefined

/**
 * Every code in the source: the second argument of each `DomainError`, and code literals passed to functions that throw
 * one.
 */
function knownCodes(sources: ReadonlyMap<string, Source>): ReadonlySet<string> {
  if (codesKnown) return codesKnown
  const codes = new Set<string>()
  for (const { definitions } of sources.values()) {
    for (const text of definitions.values()) {
      for (const [, code] of text.matchAll(/\b(?:Domain|Planner)Error\(\s*(?:'\w+',\s*)?'([a-z_.]+)'/g)) {
        codes.add(code as string)
      }
      for (const [, code] of text.matchAll(/'([a-z_-]+(?:\.[a-z_-]+)+)'/g)) {
        if (/DomainError\('\w+', \w+,|code: string/.test(text)) codes.add(code as string)
      }
    }
  }
  codesKnown = codes
  return codes
}

function codesIn(text: string, known: ReadonlySet<string>): string[] {
  const said = text.replace(/action: [^,\n]+,|enqueue(All)?\(\s*tx,\s*'[^']+'/g, '')
  const codes = [...said.matchAll(/'([a-z_-]+(?:\.[a-z_-]+)+)'/g)]
    .map(([, code]) => code as string)
    .filter((code) => known.has(code))
  for (const [, prefix] of said.matchAll(/DomainError\('\w+', `([a-z_]+\.)\$\{/g)) {
    const words = composedCodes[prefix as string]
    if (!words) throw new Error(`say in scripts/lib/problem-codes.ts which codes begin with ${prefix}`)
    codes.push(...wordsOf(words, said, prefix as string))
  }
  return [...new Set(codes)]
}

function wordsOf(words: RegExp, text: string, prefix: string): string[] {
  const from =
    prefix === 'shift.'
      ? (/export const ineligibilities[^{]*\{([\s\S]*?)^\}/m.exec(
          readFileSync(join(src, 'modules/mobilization/words.ts'), 'utf8'),
        )?.[1] ?? '')
      : text
  return [...from.matchAll(words)].map(([, word]) => `${prefix}${word}`)
}

/** The text of src/problem-codes.json: the error codes of each operation, one operation a line. */
export function describeProblems(): string {
  return `${inLines(Object.fromEntries([...problemCodes()].sort(([a], [b]) => (a < b ? -1 : 1))), 1)}\n`
}
