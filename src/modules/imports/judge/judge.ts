import { inTurns } from '../turns.ts'
import { askHowToRead } from './ask-reading.ts'
import type { RegisterPlan, SheetRegister } from './register.ts'
import { type JudgeInput, sceneOf } from './scene.ts'
import { type Asked, type Carried, Judging, type Question } from './verdicts.ts'

export interface Judged {
  rows: Judging[]
  questions: Asked[]
  plans: RegisterPlan[]
}

/**
 * Judges the rows of an import against the present data. Changes no data of the organisation; only the look-up budget is
 * written, and a number that was tried already uses none. So the same rows and the same data give the same verdicts. If a
 * part of a row was planned before the row was refused, all rows are judged again with that
 * knowledge, so that a plan contains whole rows only.
 * @param signal aborted when nobody waits for it any more; it throws the reason then
 */
export async function judge(
  input: JudgeInput,
  registers: readonly SheetRegister[],
  signal: AbortSignal,
): Promise<Judged> {
  const carried = new Map<number, Carried>()
  const asked = new Map<string, Asked>()
  for (;;) {
    const judged = await look(input, registers, carried, signal)
    for (const question of judged.questions) asked.set(`${question.kind} ${question.topic}`, question)
    const late = judged.rows.filter((row) => row.contributed && !row.open && !carried.has(row.row.ordinal))
    if (late.length === 0) return { ...judged, questions: stillAsked(asked, judged.rows) }
    for (const { row, problems, waitsFor } of late) {
      carried.set(row.ordinal, { problems: problems.slice(row.problems.length), waitsFor })
    }
  }
}

/** One pass over all rows: each register gives verdicts and a plan. */
async function look(
  input: JudgeInput,
  registers: readonly SheetRegister[],
  carried: ReadonlyMap<number, Carried>,
  signal: AbortSignal,
): Promise<Judged> {
  const rows: Judging[] = []
  await inTurns(input.rows, (row) => rows.push(new Judging(row, carried.get(row.ordinal))), 2000)
  const scene = await sceneOf(input)
  await askHowToRead(rows, scene)
  const plans: RegisterPlan[] = []
  for (const register of registers) {
    signal.throwIfAborted()
    const own = rows.filter(({ row }) => register.lists.includes(row.sheet.list))
    plans.push({ register, plan: await register.judge(own, scene) })
  }
  for (const { register, plan } of plans) register.complete?.(plan, scene)
  return { rows, questions: await scene.questions.finish(), plans }
}

const placesMax = 20

/** The questions that rows wait for, with the number of rows for each and the first lines. */
function stillAsked(asked: ReadonlyMap<string, Asked>, rows: readonly Judging[]): Asked[] {
  const waiting = new Map<string, { rows: number; places: Question['places'] }>()
  for (const { judgement, waitsFor, row } of rows) {
    if (judgement !== 'needs_decision') continue
    const place = { sheetId: row.sheet.id, line: row.line }
    for (const { kind, topic } of waitsFor) {
      const found = waiting.get(`${kind} ${topic}`) ?? { rows: 0, places: [] }
      waiting.set(`${kind} ${topic}`, found)
      found.rows++
      const last = found.places.at(-1)
      const again = last?.sheetId === place.sheetId && last.line === place.line
      if (found.places.length < placesMax && !again) found.places.push(place)
    }
  }
  return [...waiting].flatMap(([key, found]) => {
    const one = asked.get(key)
    return one ? [{ ...one, rows: found.rows, question: { ...one.question, places: found.places } }] : []
  })
}
