/** Measures how much a browser loads before a console page is usable, from Vite's manifest and the compressed files. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest } from 'vite'

export interface Limit {
  entry: string
  /** Name endings of the modules that the entry imports dynamically before its first page is usable. */
  pages: readonly string[]
  kbMax: number
}

/** The files of a chunk: the chunk itself, its styles, and its static imports (recursively). */
function filesOf(manifest: Manifest, key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key]
  if (!chunk || found.has(chunk.file)) return found
  for (const file of [chunk.file, ...(chunk.css ?? [])]) found.add(file)
  for (const imported of chunk.imports ?? []) filesOf(manifest, imported, found)
  return found
}

/**
 * The size of the first load in kB (1,000 bytes) with gzip, rounded to 0.1.
 * @throws Error when a named module is not in the build, because the limit would then measure nothing
 */
export function firstLoad(manifest: Manifest, { entry, pages }: Limit, folder: string): number {
  const keys = [entry, ...pages].map((end) => {
    const key = Object.keys(manifest).find((each) => each === end || each.endsWith(`/${end}`))
    if (!key) throw new Error(`the build has no ${end}`)
    return key
  })
  const files = new Set(keys.flatMap((key) => [...filesOf(manifest, key)]))
  const bytes = [...files].reduce((sum, file) => {
    const packed = join(folder, `${file}.gz`)
    return sum + statSync(existsSync(packed) ? packed : join(folder, file)).size
  }, 0)
  return Math.round(bytes / 100) / 10
}

/** The entries that exceed their limit. */
export function overLimit<T extends Limit & { kb: number }>(loads: readonly T[]): T[] {
  return loads.filter(({ kb, kbMax }) => kb > kbMax)
}
