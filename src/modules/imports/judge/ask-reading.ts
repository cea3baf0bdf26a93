/** Asks about uncertain readings of a sheet, once for all its rows, before they are judged. */
import type { MemberRole } from '#modules/organisation/index.ts'
import { fields } from '../read/fields/fields.ts'
import type { Layout } from '../read/layout.ts'
import type { JudgedSheet } from '../read/staged.ts'
import { inTurns } from '../turns.ts'
import { listKinds } from '../words.ts'
import type { Scene } from './scene.ts'
import type { Judging, Proposed } from './verdicts.ts'

/** Rows wait for an answer when their sheet has several readings, or when they are hidden in it. */
export function askHowToRead(rows: readonly Judging[], scene: Scene): Promise<void> {
  return inTurns(rows, (judging) => {
    const { sheet, hidden } = judging.row
    if (sheet.reading.doubt !== null) askReading(judging, sheet, scene)
    if (hidden) askHidden(judging, sheet, scene)
  })
}

function askReading(judging: Judging, sheet: JudgedSheet, { answers, questions, topicOf }: Scene): void {
  const topic = topicOf(`reading ${sheet.id}`)
  if (answers('sheet', topic)?.answer === 'skip') {
    judging.skipped = true
    return
  }
  const { name, titles, readings } = sheet.reading
  questions.ask(judging, {
    kind: 'sheet',
    topic,
    name: name || titles[0] || '',
    within: titles[0] ?? null,
    mayCreate: false,
    sheetId: sheet.id,
    propose: () => readings.map((layout, at) => proposalOf(layout, at, readings)),
  })
}

/** Describes a reading by its kind of list and the columns in which it differs from the others. */
function proposalOf({ list, columns }: Layout, at: number, all: readonly Layout[]): Proposed {
  const words = list === null ? undefined : (listKinds as Record<string, { zh: string; en: string }>)[list]
  const differs = columns.filter(({ index, field }) =>
    all.some((other) => other.columns.find((column) => column.index === index)?.field !== field),
  )
  const said = differs.map(({ heading, field }) => {
    const meaning = field === null ? '—' : ((fields as Record<string, { zh: string }>)[field]?.zh ?? field)
    return `${heading} → ${meaning}`
  })
  const name = [words ? `${words.zh} · ${words.en}` : '', ...said].filter((text) => text !== '').join('；')
  return { id: String(at), name, likeness: null, because: null }
}

function askHidden(judging: Judging, sheet: JudgedSheet, { answers, questions, topicOf }: Scene): void {
  const topic = topicOf(`hidden ${sheet.id}`)
  const answer = answers('hidden', topic)?.answer
  if (answer === 'use') return
  if (answer === 'skip') {
    judging.skipped = true
    return
  }
  const { name, titles } = sheet.reading
  const within = titles[0] ?? null
  const propose = () => [{ id: 'take', name: '导入 · Take them', likeness: null, because: null }]
  questions.ask(judging, {
    kind: 'hidden',
    topic,
    name,
    within,
    mayCreate: false,
    sheetId: sheet.id,
    propose,
  })
}

const roles: readonly MemberRole[] = ['pupil', 'teacher', 'member']
const roleNames = {
  pupil: '学生 · Pupil',
  teacher: '教师 · Teacher',
  member: '其他成年人 · Another adult',
} as const

/**
 * The role that a user chose for an unknown word or an empty cell. Undefined: no answer yet, or the answer is to skip.
 */
export function askedRole(judging: Judging, { answers, questions, topicOf }: Scene): MemberRole | undefined {
  const word = judging.row.entry.roleWord ?? ''
  const topic = topicOf(`role ${word}`)
  const answer = answers('role', topic)
  if (answer?.answer === 'skip') judging.skipped = true
  else if (answer?.choice !== undefined) return roles.find((role) => role === answer.choice)
  else {
    const propose = () =>
      roles.map((id) => ({
        id,
        name: roleNames[id as keyof typeof roleNames],
        likeness: null,
        because: null,
      }))
    questions.ask(judging, {
      kind: 'role',
      topic,
      name: word || '（空白）',
      within: null,
      mayCreate: false,
      propose,
    })
  }
  return undefined
}
