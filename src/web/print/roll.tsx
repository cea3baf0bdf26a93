import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { type RollEntry, readEvent, readRoll, readShift } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { useAsk } from '../core/query.ts'
import { periodText } from '../core/time.ts'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { Sheet } from './sheet.tsx'
import { usePrintWords } from './words/index.ts'

/** Lines left empty for people who come without being on the list. */
const emptyLines = 8

/** Everybody on the roll of a shift, page after page. */
async function wholeRoll(shiftId: string, signal: AbortSignal): Promise<RollEntry[]> {
  const all: RollEntry[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = { limit: 200, ...(cursor ? { cursor } : {}) }
    const page: Awaited<ReturnType<typeof askRoll>> = await askRoll(shiftId, query, signal)
    all.push(...page.items)
    cursor = page.nextCursor
  }
  return all
}

const askRoll = (shiftId: string, query: { limit: number; cursor?: string }, signal: AbortSignal) =>
  ask(readRoll, { params: { shiftId }, query }, { signal })

/** The roll of a shift to tick on paper: who is expected, of which team, and room for whoever else comes. */
export function Component() {
  const { r, w, language } = usePrintWords()
  const { shiftId = '' } = useParams()
  const shift = useAsk(readShift, { params: { shiftId } })
  const eventId = shift.data?.eventId ?? ''
  const event = useAsk(readEvent, { params: { eventId } }, { skip: eventId === '' })
  const roll = useQuery({
    queryKey: [readRoll.path, 'whole', shiftId],
    queryFn: ({ signal }) => wholeRoll(shiftId, signal),
  })
  const failed = [shift, event, roll].find((each) => each.isError)
  if (failed) return <Trouble error={failed.error} again={() => void failed.refetch()} />
  if (!shift.data || !event.data || !roll.data) return <Skeleton lines={12} />
  const { zone, startsAt, endsAt, meetingPoint, work, inCharge } = shift.data
  const facts: [string, string][] = [
    [r.time, periodText(startsAt, endsAt, event.data.timeZone, language)],
    [r.place, zone.name],
    [r.work, work],
    [r.meetingPoint, meetingPoint ?? w.common.none],
    [r.inCharge, inCharge?.name ?? w.common.none],
  ]
  const expected = roll.data.filter(({ answer, excusedAt }) => answer !== 'declined' && excusedAt === null)
  return (
    <Sheet title={r.roll} papers={['A4']}>
      {() => (
        <>
          <h1>
            {r.roll} <Given>{event.data?.name ?? ''}</Given>
          </h1>
          <dl className="reading">
            {facts.map(([term, value]) => (
              <div key={term} style={{ display: 'contents' }}>
                <dt>{term}</dt>
                <dd>
                  <Given>{value}</Given>
                </dd>
              </div>
            ))}
          </dl>
          <table className="totick">
            <caption>{r.expected(expected.length)}</caption>
            <thead>
              <tr>
                {[r.number, r.name, r.team, r.answer, r.arrived, r.left, r.note].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {expected.map(({ assignmentId, person, team, answer }, at) => (
                <tr key={assignmentId}>
                  <td>{at + 1}</td>
                  <th scope="row">
                    <Given>{person.name}</Given>
                  </th>
                  <td>{team && <Given>{team.name}</Given>}</td>
                  <td>{answer === 'accepted' ? r.accepted : r.unanswered}</td>
                  <td className="tick">□</td>
                  <td className="tick">□</td>
                  <td />
                </tr>
              ))}
              {Array.from({ length: emptyLines }, (_, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines that are all alike
                <tr key={at}>
                  <td>{expected.length + at + 1}</td>
                  <td />
                  <td />
                  <td />
                  <td className="tick">□</td>
                  <td className="tick">□</td>
                  <td />
                </tr>
              ))}
            </tbody>
          </table>
          <p className="signing">
            {r.signed} <span className="line" /> {r.date} <span className="line" />
          </p>
        </>
      )}
    </Sheet>
  )
}
