/** The audit trail speaks: every action that is recorded anywhere has its words, and nothing else has. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { auditTelling } from '#src/audit-telling.ts'
import { auditSubjects, auditTexts } from '#src/audit-texts.ts'

const root = join(import.meta.dirname, '../src')

/** What a file records: literal actions in a call of `record`, or in a file that calls it and decides between two. */
function recordedIn(source: string): string[] {
  if (!/\b(record|recordAll)\(/.test(source) && !/action: '/.test(source)) return []
  const dotted = [...source.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(([, action]) => action as string)
  return dotted.filter((action) => action in auditTexts || isAction(source, action))
}

/** Whether a text stands where an action stands: after `action`, or in a choice between two. */
function isAction(source: string, action: string): boolean {
  const quoted = action.replace('.', '\\.')
  return new RegExp(`\\baction(:| =)[^\\n]*'${quoted}'`).test(source)
}

const files = globSync(['modules/**/*.ts', 'platform/**/*.ts', '*.ts'], { cwd: root }).filter(
  (file) => !/(words|permissions|texts)\.ts$/.test(file),
)
const recorded = new Set(files.flatMap((file) => recordedIn(readFileSync(join(root, file), 'utf8'))))

test('every action has a text in Chinese and in English, and no text is of an action that nobody records', () => {
  // Made of the answer itself.
  for (const answer of ['accepted', 'declined']) recorded.add(`invitation.${answer}`)
  expect(recorded.size).toBeGreaterThan(120)
  expect([...recorded].filter((action) => !(action in auditTexts))).toEqual([])
  expect(Object.keys(auditTexts).filter((action) => !recorded.has(action))).toEqual([])
  for (const { zh, en } of Object.values(auditTexts)) {
    expect(zh).toMatch(/^\p{Script=Han}[\p{Script=Han}，]*$/u)
    expect(en).toMatch(/^[a-z][a-z’ -]*$/)
  }
})

test('every kind of thing that an entry is about has a name, and those that are named have words', () => {
  const kinds = files.flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8')
    if (!/\b(record|recordAll)\(/.test(source)) return []
    return [...source.matchAll(/subject(?:: | = )[`']([a-z_-]+):/g)].map(([, kind]) => kind as string)
  })
  expect(kinds.length).toBeGreaterThan(50)
  expect([...new Set(kinds)].filter((kind) => !(kind in auditSubjects))).toEqual([])
  expect(Object.keys(auditTelling.names).filter((kind) => !(kind in auditSubjects))).toEqual([])
  expect(Object.keys(auditTelling.names)).not.toContain('person')
})
