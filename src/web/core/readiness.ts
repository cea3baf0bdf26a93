import { refusalOf, Unreachable } from './refused.ts'

interface Both {
  zh: string
  en: string
}

/** One thing that is watched, with its words. */
export interface Watched {
  name: string
  /** What it is of, such as a kind of job. */
  of: string | null
  value: number
  unit: string
  title: Both
}

/** What `/health/ready` says. New lines of it appear by themselves: a check by its key, anything else by its own words. */
export interface Readiness {
  ready: boolean
  checks: Record<string, { ok: boolean; detail: string }>
  attention: (Watched & { todo: Both })[]
  watched: Watched[]
}

/** Whether the service can work. Its 503 is an answer like any other. @throws Refused, Unreachable */
export async function readReadiness(): Promise<Readiness> {
  const response = await fetch('/health/ready', { cache: 'no-store' }).catch(() => {
    throw new Unreachable()
  })
  const said = response.status === 200 || response.status === 503 ? await response.clone().json() : undefined
  if (!said?.checks) throw await refusalOf(response)
  return said as Readiness
}
