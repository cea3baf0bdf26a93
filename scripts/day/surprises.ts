/** Changes on the evening before the day: two shifts are cancelled, and some volunteers of the others are excused. */
import { type Client, crowd } from './client.ts'
import { phase } from './progress.ts'

const excusedCount = 45
const shiftsToCancel = 2

/**
 * Excuses some volunteers who had accepted and whose shift was not called off: the service releases places of such a shift
 * a moment later. Returns the ids of their assignments.
 */
export async function excuseSome(
  office: Client,
  eventId: string,
  calledOff: ReadonlySet<string>,
): Promise<Set<string>> {
  const { items } = await office.get(`/api/events/${eventId}/participations?answer=accepted&limit=200`)
  const ids = (items as { assignments: { id: string; cancelledAt: string | null }[] }[])
    .flatMap(({ assignments }) => assignments.filter(({ cancelledAt }) => !cancelledAt).map(({ id }) => id))
    .filter((id) => !calledOff.has(id))
    .slice(0, excusedCount)
  await phase('登记请假 · excused', ids.length, (bar) =>
    crowd(ids, 16, async (id) => {
      await office.put(`/api/assignments/${id}/excusal`)
      bar.step()
    }),
  )
  return new Set(ids)
}

/** Cancels two shifts. Returns the ids of the assignments cancelled with them. */
export async function takeOff(office: Client, eventId: string): Promise<Set<string>> {
  const { items } = await office.get(`/api/events/${eventId}/shifts?limit=${shiftsToCancel}`)
  const cancelled = new Set<string>()
  await phase(
    '取消班次 · shifts called off',
    shiftsToCancel,
    async (bar) => {
      for (const { id } of items as { id: string }[]) {
        for await (const assignment of office.all(`/api/shifts/${id}/assignments`))
          cancelled.add(assignment.id)
        await office.put(`/api/shifts/${id}/cancellation`, { reason: '施工封路' })
        bar.step()
      }
    },
    () => `${cancelled.size} 人 · people`,
  )
  return cancelled
}
