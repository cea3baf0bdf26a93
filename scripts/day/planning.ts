/** Requests a plan from the planner, and applies it. */
import { type Client, until } from './client.ts'
import { phase } from './progress.ts'

/** Starts a plan, waits for it, and applies it unchanged. `placed` is the number of assignments made. */
export async function plan(office: Client, eventId: string): Promise<{ placed: number; plan: PlanRead }> {
  const run = await phase(
    '智能排岗 · planning',
    100,
    async (bar) => {
      const started = await office.post(`/api/events/${eventId}/plans`, {}, 'plan')
      return until(
        async () => {
          const seen = (await office.get(`/api/plans/${started.id}`)) as PlanRead
          bar.step(seen.progress)
          return seen
        },
        ({ state }) => !['queued', 'running'].includes(state),
        60,
      )
    },
    ({ quality }) => `${quality?.people.placed.toLocaleString('en')} 人 · people`,
  )
  if (run.state !== 'proposed') throw new Error(`the plan ended ${run.state}: ${JSON.stringify(run.failure)}`)
  const { applied } = await phase('应用方案 · applying the plan', 1, () =>
    office.put(`/api/plans/${run.id}/application`, {}),
  )
  return { placed: applied.assigned, plan: run }
}

interface Text {
  zh: string
  en: string
}

export interface PlanRead {
  id: string
  state: string
  progress: number
  failure: unknown
  shortagesTotal: number
  headlines: { text: Text }[]
  quality: {
    people: { placed: number; placeable: number; standby: number }
    goals: { goal: string; name: Text; achieved: number; bound: number | null; proofName: Text | null }[]
  } | null
}
