import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const web = resolve(import.meta.dirname, '../../src/web')

/** Younger than Chromium 109, the last for Windows 7, and so not there for many an office; the year each came. */
const tooYoung = [
  /\b(?:Map|Object)\.groupBy\b/, // 2023
  /\.to(?:Sorted|Reversed|Spliced)\(/, // 2023
  /\bAbortSignal\.any\b/, // 2023
  /\bPromise\.withResolvers\b/, // 2023
  /\bArray\.fromAsync\b/, // 2023
  /\bURL\.(?:canParse|parse)\b/, // 2023
  /\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/, // 2024
  /\b(?:entries|values|keys)\(\)\.(?:map|filter|find|some|every|toArray|take|drop|flatMap|reduce)\(/, // 2024
]

test('the console calls nothing that the oldest browser it is for does not know', () => {
  const found = globSync('**/*.{ts,tsx}', { cwd: web }).flatMap((file) =>
    readFileSync(join(web, file), 'utf8')
      .split('\n')
      .flatMap((line, at) =>
        tooYoung.some((call) => call.test(line.replace(/^\s*(?:\*|\/\/|\/\*\*).*/, '')))
          ? [`${file}:${at + 1} ${line.trim()}`]
          : [],
      ),
  )
  expect(found).toEqual([])
})
