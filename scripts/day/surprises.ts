/** What comes up the evening before: some fall ill, and two places are called off. */
import { type Client, crowd } from './client.ts'
import { phase } from './progress.ts'

const excusedCount = 45
const shiftsCalledOff = 2

/** Leaders record that some of those who had accepted cannot come. Returns their assignments. */
export async function excuseSome(office: Client, eventId: string): Promise<Set<string>> {
  const { items } = await office.get(
    `/api/events/${eventId}/participations?answer=accepted&limit=${excusedCount}`,
  )
  const ids = (items as { assignments: { id: string; cancelledAt: string | null }[] }[]).flatMap(
    ({ assignments }) => assignments.filter(({ cancelledAt }) => !cancelledAt).map(({ id }) => id),
  )
  await phase('登记请假 · excused', ids.length, (bar) =>
    crowd(ids, 16, async (id) => {
      await office.put(`/api/assignments/${id}/excusal`)
      bar.step()
    }),
  )
  return new Set(ids)
}

/** Two shifts are cancelled. Returns the assignments that are over with them. */
export async function takeOff(office: Client, eventId: string): Promise<Set<string>> {
  const { items } = await office.get(`/api/events/${eventId}/shifts?limit=${shiftsCalledOff}`)
  const over = new Set<string>()
  await phase(
    '取消班次 · shifts called off',
    shiftsCalledOff,
    async (bar) => {
      for (const { id } of items as { id: string }[]) {
        for await (const assignment of office.all(`/api/shifts/${id}/assignments`)) over.add(assignment.id)
        await office.put(`/api/shifts/${id}/cancellation`, { reason: '施工封路' })
        bar.step()
      }
    },
    () => `${over.size} 人 · people`,
  )
  return over
}
