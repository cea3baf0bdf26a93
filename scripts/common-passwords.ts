/**
 * Prints the list of common passwords, taken from the dictionary of a maintained package:
 * `npm exec --package=@zxcvbn-ts/language-common -- node scripts/common-passwords.ts PATH/TO/dist/index.mjs`.
 * The header of the list (source and licence) is written by hand.
 */
import './lib/help.ts'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [path] = process.argv.slice(2)
if (!path)
  throw new Error('say where the package is: node scripts/common-passwords.ts PATH/TO/dist/index.mjs')
const { dictionary } = (await import(pathToFileURL(resolve(path)).href)) as {
  dictionary: Record<string, string[]>
}
const words = (dictionary['passwords-common'] ?? [])
  .map((word) =>
    word
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, ''),
  )
  .filter((word) => word.length >= 4 && !/^\p{N}+$/u.test(word))
process.stdout.write(`${[...new Set(words)].sort().join('\n')}\n`)
