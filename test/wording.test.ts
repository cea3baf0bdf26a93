/** How Chinese and English texts are set, over everything that people can read: pages, messages, errors, lists, descriptions. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../src')

/** Patterns that read what others write know any punctuation. They are no text of ours. */
const reading =
  /^modules\/imports\/(read|judge)\/(?!tables\/zone-file|words)|^modules\/messaging\/opt-out\.ts$/

function sources(folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.endsWith('.d.ts'))
}

interface Literal {
  file: string
  line: number
  /** What stands before it on its line: `zh:`, `en:`. */
  before: string
  text: string
}

const literal = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g

/** Every text in quotes. Comments are no texts; what is put into a template counts as a letter of no language. */
function literalsOf(file: string): Literal[] {
  const source = readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/[^\n]*/g, '$1')
  return [...source.matchAll(literal)].map((found) => {
    const start = source.lastIndexOf('\n', found.index) + 1
    return {
      file: relative(root, file),
      line: source.slice(0, found.index).split('\n').length,
      before: source.slice(start, found.index),
      text: found[0].slice(1, -1).replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '\u{2022}'),
    }
  })
}

const literals = sources()
  .flatMap(literalsOf)
  .filter(({ file }) => !reading.test(file))
const said = ({ file, line, text }: Literal) => `${file}:${line} ${text}`

describe('wording', () => {
  test('Chinese has punctuation of full width, and no space before or after a number', () => {
    // A Chinese term in an English sentence may stand in brackets: `recorded for somebody (代为回复)`.
    const wrong = /\p{Script=Han}[,:;(!?]|[,;)!?]\p{Script=Han}|\p{Script=Han} \d|\d \p{Script=Han}/u
    const texts = literals.filter(({ text }) => /\p{Script=Han}/u.test(text))
    expect(texts.length).toBeGreaterThan(1000)
    expect(texts.filter(({ text }) => wrong.test(text)).map(said)).toEqual([])
  })

  test('English texts hold no Chinese, but for names that are given in both', () => {
    const english = literals.filter(
      ({ before, file }) => /\ben: ?\(?[\w, ]*\)?(?: =>)? ?$/.test(before) || file === 'web/words/en.ts',
    )
    expect(english.length).toBeGreaterThan(1000)
    // What is chosen or filled in is named as it stands there.
    const given = ['中文', '男 or 女', 'Sex is 男 or 女']
    const wrong = english.filter(({ text }) => /\p{Script=Han}/u.test(text) && !given.includes(text))
    expect(wrong.map(said)).toEqual([])
  })

  test('one term for one thing: words that were given up are not used again', () => {
    const givenUp =
      /网络流|下界|不可能更好|婉拒|邀请码|短码|个人代码|市创建办|创城办|出了点问题|没有被接受|请求太多了|登录信息不正确|不像是姓名|不知属于|现行办法|可行办法|轮不到这里|预备人数|计数人头|尚未结束|改变主意|督查员|督查人员|审计管理员/
    expect(literals.filter(({ text }) => givenUp.test(text)).map(said)).toEqual([])
  })
})
