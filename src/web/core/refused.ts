import type { Problem } from '../api/operations.ts'

/** The service answered, and said no. */
export class Refused extends Error {
  readonly problem: Problem
  /** Seconds after which asking again makes sense, where the service said so. */
  readonly retryAfter: number | undefined

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.code)
    this.name = 'Refused'
    this.problem = problem
    this.retryAfter = retryAfter
  }
}

/** Nothing answered: no network, or no service. Whether anything was done is not known. */
export class Unreachable extends Error {
  constructor() {
    super('unreachable')
    this.name = 'Unreachable'
  }
}

/** Whether an error is a refusal of this status, and of this code where one is named. */
export function isRefusal(error: unknown, status: number, code?: string): error is Refused {
  if (!(error instanceof Refused)) return false
  return error.problem.status === status && (code === undefined || error.problem.code === code)
}

/** What an answer that is no success says; a proxy in between may say something that is no problem of ours. */
export async function refusalOf(response: Response): Promise<Refused> {
  const after = Number(response.headers.get('retry-after') ?? Number.NaN)
  const said = (await response.json().catch(() => undefined)) as Partial<Problem> | undefined
  const { status } = response
  const problem: Problem = {
    type: said?.type ?? 'about:blank',
    title: said?.title ?? response.statusText,
    status,
    code: said?.code ?? `http.${status}`,
    text: said?.text ?? '',
    detail: said?.detail ?? '',
    requestId: said?.requestId ?? response.headers.get('x-request-id') ?? '',
    details: said?.details ?? {},
    ...(said?.violations ? { violations: said.violations } : {}),
  }
  return new Refused(problem, Number.isFinite(after) ? after : undefined)
}
