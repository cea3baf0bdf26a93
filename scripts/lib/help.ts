/**
 * Imported first by every script: with `--help` or `-h` it prints the comment at the head of that script and ends, before
 * the script reads a setting or touches anything. So the usage is what its developers read, and never a second text.
 */
import { readFileSync } from 'node:fs'

const width = 100

/** Prose is filled to the width; a block of indented lines (commands, options) stands as it is. */
function filled(block: string): string {
  if (/^ /m.test(block)) return block
  const lines: string[] = ['']
  for (const word of block.split(/\s+/)) {
    const line = lines.at(-1) as string
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.join('\n')
}

/** The comment at the head of a script, without its frame. */
export function usageOf(file: string): string {
  const [, comment = ''] = /^\/\*\*(.*?)\*\//s.exec(readFileSync(file, 'utf8')) ?? []
  const text = comment.replace(/^ ?\* ?/gm, '').trim()
  return text
    .split(/\n{2,}/)
    .map(filled)
    .join('\n\n')
}

if (process.argv.slice(2).some((each) => each === '--help' || each === '-h')) {
  process.stdout.write(`${usageOf(process.argv[1] as string)}\n`)
  process.exit(0)
}
