import { createContext, type ReactNode, useContext, useState } from 'react'
import { decideImport } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import type { InputOf } from '../core/operation.ts'
import { LeaveGuard } from '../ui/office/leave-guard.tsx'
import { keepImport } from './keep.ts'

type Body = InputOf<typeof decideImport>['body']
export type Answer = Omit<Body['decisions'][number], 'decisionId'>
export type Others = NonNullable<Body['others']>

interface Answers {
  given: ReadonlyMap<string, Answer>
  /** Chooses an answer; undefined takes it back. Nothing is sent yet. */
  give: (decisionId: string, answer: Answer | undefined) => void
  drop: () => void
  /** Sends what was chosen, and one answer for all others of a kind where it is said. @throws Refused, Unreachable */
  send: (others?: Others) => Promise<number>
}

const Given = createContext<Answers | undefined>(undefined)

/**
 * The answers that were chosen and not sent: every answer makes all rows be judged anew, so they are sent together, and
 * wait here while somebody goes from sheet to sheet.
 */
export function AnswersGiven({ importId, children }: { importId: string; children: ReactNode }) {
  const [given, setGiven] = useState<ReadonlyMap<string, Answer>>(new Map())
  const answers: Answers = {
    given,
    give(decisionId, answer) {
      setGiven((before) => {
        const next = new Map(before)
        if (answer) next.set(decisionId, answer)
        else next.delete(decisionId)
        return next
      })
    },
    drop: () => setGiven(new Map()),
    async send(others) {
      const decisions = [...given].map(([decisionId, answer]) => ({ decisionId, ...answer }))
      const body: Body = { decisions, ...(others ? { others } : {}) }
      keepImport(await ask(decideImport, { params: { importId }, body }))
      // What was chosen while this was on its way stays chosen.
      setGiven((now) => new Map([...now].filter(([id, answer]) => given.get(id) !== answer)))
      return decisions.length
    },
  }
  return (
    <Given.Provider value={answers}>
      {children}
      <LeaveGuard dirty={given.size > 0} />
    </Given.Provider>
  )
}

export function useAnswers(): Answers {
  const answers = useContext(Given)
  if (!answers) throw new Error('no answers here')
  return answers
}

/** An answer that says nothing yet: which one it is, is still to be chosen. */
export function isWhole(
  { answer, id, choice, kind }: Answer,
  asked: { answerBy: 'id' | 'choice' },
  unit: boolean,
) {
  if (answer === 'use') return asked.answerBy === 'id' ? Boolean(id) : choice !== undefined
  return answer !== 'create' || !unit || kind !== undefined
}
