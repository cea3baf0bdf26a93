import { parentPort, workerData } from 'node:worker_threads'
import { DomainError, type ErrorKind } from '#platform/errors.ts'
import { parseProblem } from './parse-problem.ts'
import type { Proposal } from './proposal.ts'
import { propose } from './propose.ts'
import { type Violation, validate } from './validate.ts'
import type { PlanStage } from './words.ts'

export interface ThreadInput {
  problem: unknown
  /** One shared 32-bit flag; not 0: stop. */
  stop: SharedArrayBuffer
}

/** What the planning thread says. A plan arrives validated; the last one that arrived counts. */
export type ThreadMessage =
  | { stage: PlanStage; done: number }
  | { plan: Proposal }
  | { refused: { kind: ErrorKind; code: string; message: string; details: Record<string, unknown> } }
  | { ended: true }

/** The body of the planning thread: parse, propose, validate, tell. */
export async function planInThread(
  { problem: input, stop }: ThreadInput,
  tell: (message: ThreadMessage) => void,
): Promise<void> {
  const flag = new Int32Array(stop)
  try {
    const problem = parseProblem(input)
    const show = (proposal: Proposal) => {
      const violations = validate(problem, proposal)
      if (violations.length > 0) throw invalidProposal(violations)
      tell({ plan: proposal })
    }
    const proposal = await propose(problem, {
      onProgress: (stage, done) => tell({ stage, done }),
      stop: () => Atomics.load(flag, 0) !== 0,
      onPlan: show,
    })
    tell({ stage: 'validating', done: 0.95 })
    show(proposal)
    tell({ ended: true })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { kind, code, message, details } = error
    tell({ refused: { kind, code, message, details } })
  }
}

function invalidProposal(violations: readonly Violation[]): DomainError {
  const codes = Object.fromEntries(
    Object.entries(Object.groupBy(violations, ({ code }) => code)).map(([code, all]) => [code, all?.length]),
  )
  return new DomainError(
    'unavailable',
    'plan.invalid',
    'The planner broke a rule; its proposal is withheld.',
    {
      violations: codes,
    },
  )
}

if (parentPort && workerData?.stop instanceof SharedArrayBuffer) {
  const port = parentPort
  await planInThread(workerData as ThreadInput, (message) => port.postMessage(message))
}
