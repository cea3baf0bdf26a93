/** The task book as an office has it: a workbook with a sheet for each group, brought through the import, its questions answered. */
import { bytesOf, type ListFile, type Row } from '../city/list-file.ts'
import { type Client, until } from './client.ts'
import { settled } from './preparations.ts'

export const taskBookTitle = '创建全国文明城市任务书'

export interface GroupTasks {
  /** The name of the group, and of its sheet. */
  group: string
  numeral: string
  /** The units that stand in its rows: one, or several of which the first owes it. */
  units: readonly string[]
}

const steps = ['制定工作方案', '排查问题、建立台账', '整改销号、巩固提升']

/** Rows as offices write them: numbers in Chinese, limits in words. */
function rowsOf({ group, numeral, units }: GroupTasks): Row[] {
  const owing = units.join('、')
  const numbered = ['一', '二', '三']
  return [
    [taskBookTitle],
    ['序号', '工作任务', '责任单位', '完成时限'],
    [`${numeral}、`, `${group}重点任务`, owing, '15个工作日内'],
    ...steps.map((text, at): Row => [`${numeral}（${numbered[at]}）`, text, owing, '15个工作日内']),
  ]
}

export function taskBookFile(groups: readonly GroupTasks[]): Promise<Buffer> {
  const pages = groups.map((each) => ({ name: each.group, rows: rowsOf(each) }))
  return bytesOf({ fileName: `${taskBookTitle}.xlsx`, pages } satisfies ListFile)
}

interface Question {
  id: string
  kind: string
  name: string
  proposals: { id: string; name: string }[]
}

/** Answers like a clerk: who issues it is the own office, and of several units in a row the first owes it. */
function answerTo({ id: decisionId, kind, name, proposals }: Question, issuerId: string): object {
  if (kind === 'unit' && name === taskBookTitle) return { decisionId, answer: 'use', id: issuerId }
  const first = proposals.find(({ id }) => id === 'first')
  if (!first) throw new Error(`the task book asks about ${kind} ${name}: ${JSON.stringify(proposals)}`)
  return { decisionId, answer: 'use', choice: first.id }
}

/**
 * Uploads the workbook, answers what is asked, and commits.
 * @returns how many tasks are new, and how many questions were answered
 */
export async function bringTaskBook(
  office: Client,
  groups: readonly GroupTasks[],
  issuerId: string,
): Promise<{ tasks: number; answers: number }> {
  const file = { name: `${taskBookTitle}.xlsx`, bytes: await taskBookFile(groups) }
  const { body: received } = await office.upload('/api/imports', [file])
  const untilSettled = () =>
    until(
      () => office.get(`/api/imports/${received.id}`),
      ({ state }) => settled(state),
      60,
      50,
    )
  let judged = await untilSettled()
  let answers = 0
  // What is answered may raise the next question: who owes it is asked once it is known whose list it is.
  while (judged.openDecisions > 0 && answers < 100) {
    const asked: Question[] = []
    for await (const each of office.all(`/api/imports/${received.id}/decisions?answered=false`))
      asked.push(each)
    const decisions = asked.map((each) => answerTo(each, issuerId))
    await office.post(`/api/imports/${received.id}/decisions`, { decisions })
    answers += decisions.length
    judged = await untilSettled()
  }
  if (judged.state !== 'judged' || judged.counts.error > 0)
    throw new Error(`the task book was judged ${judged.state}: ${JSON.stringify(judged.counts)}`)
  await office.put(`/api/imports/${received.id}/commit`)
  const committed = await untilSettled()
  if (committed.state !== 'committed') throw new Error(`the task book ended ${committed.state}`)
  return { tasks: committed.counts.new, answers }
}
