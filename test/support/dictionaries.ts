/** Every dictionary of the console, found in its folders: none is read because somebody remembered to name it. */
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = resolve(import.meta.dirname, '../../src/web')

export interface Dictionaries {
  zh: Record<string, object>
  en: Record<string, object>
}

/** Whether a file has hooks that load words, and none itself. */
const loads = (file: string) =>
  /(lazily|speech|react)(\.ts)?'$/m.test(
    readFileSync(resolve(root, file), 'utf8').replaceAll(/^import type .*$/gm, ''),
  )

/** Whatever a file of words hands out that holds words. */
async function handedOut(file: string): Promise<[string, object][]> {
  const all: Record<string, unknown> = await import(pathToFileURL(resolve(root, file)).href)
  return Object.entries(all).filter((each): each is [string, object] => typeof each[1] === 'object')
}

/**
 * Both languages of all of them: `somethingZh` beside `somethingEn` in files of their own, or one value with `zh` and `en`. A dictionary
 * with one language only is there with that one.
 */
export async function readDictionaries(): Promise<Dictionaries> {
  const found: Dictionaries = { zh: {}, en: {} }
  const files = globSync(['**/words/**/*.ts', '**/*words.ts'], { cwd: root })
  for (const file of files.sort().filter((each) => !loads(each))) {
    const room = file.replace(/(^|[-/])(zh|en)\.ts$/, '').replace(/\.ts$/, '')
    for (const [name, words] of await handedOut(file)) {
      const ending = /^(?:(.*)(Zh|En)|(zh|en))$/.exec(name)
      const language = (ending?.[2] ?? ending?.[3])?.toLowerCase() as 'zh' | 'en' | undefined
      if (language) found[language][`${room} ${ending?.[1] ?? ''}`] = words
      else if ('zh' in words || 'en' in words) {
        const both = words as Partial<Record<'zh' | 'en', object>>
        if (both.zh) found.zh[`${room} ${name}`] = both.zh
        if (both.en) found.en[`${room} ${name}`] = both.en
      }
    }
  }
  return found
}
