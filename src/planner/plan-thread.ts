import { parentPort, workerData } from 'node:worker_threads'
import { PlannerError, type PlannerErrorCode } from './errors.ts'
import { parseProblem } from './format/parse-problem.ts'
import type { Proposal } from './format/proposal.ts'
import type { Stage } from './format/vocabulary.ts'
import { propose } from './propose.ts'
import { soundPlan } from './sound-plan.ts'

export interface ThreadInput {
  problem: unknown
  /** One shared 32-bit flag; nonzero: stop. */
  stop: SharedArrayBuffer
  /** The folder of V8's compile cache, if the process has one. */
  compileCache?: string
}

/** Messages of the planning thread. Every plan is validated before it is sent; the last one counts. */
export type ThreadMessage =
  | { stage: Stage; done: number }
  | { plan: Proposal }
  | { refused: { code: PlannerErrorCode; message: string; details: Record<string, unknown> } }
  | { ended: true }

/** The planning thread: parses the problem, plans, validates, and sends the result. */
export async function planInThread(
  { problem: input, stop }: ThreadInput,
  tell: (message: ThreadMessage) => void,
): Promise<void> {
  const flag = new Int32Array(stop)
  try {
    const problem = parseProblem(input)
    const show = (proposal: Proposal) => tell({ plan: soundPlan(problem, proposal) })
    const proposal = await propose(problem, {
      onProgress: (stage, done) => tell({ stage, done }),
      stop: () => Atomics.load(flag, 0) !== 0,
      onPlan: show,
    })
    tell({ stage: 'validating', done: 0.95 })
    show(proposal)
    tell({ ended: true })
  } catch (error) {
    if (!(error instanceof PlannerError)) throw error
    const { code, message, details } = error
    tell({ refused: { code, message, details } })
  }
}

if (parentPort && workerData?.stop instanceof SharedArrayBuffer) {
  const port = parentPort
  await planInThread(workerData as ThreadInput, (message) => port.postMessage(message))
}
