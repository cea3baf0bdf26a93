/** 信息更正申请 that this user may decide. */
import { approvePersonRequest, type listPersonRequests, refusePersonRequest } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import type { AnswerOf } from '../core/operation.ts'
import { Given } from '../ui/plain/given.tsx'
import { Deciding } from './deciding.tsx'
import { useWords } from './words/index.ts'

type Request = AnswerOf<typeof listPersonRequests>['items'][number]

export function Requests({ requests, again }: { requests: readonly Request[]; again: () => Promise<void> }) {
  const { w } = useWords()
  if (requests.length === 0) return null
  return (
    <section>
      <h2>{w.asks.requests}</h2>
      <ul className="cards">
        {requests.map((request) => (
          <li key={request.id} className="card">
            <strong id={request.id}>
              <Given>{request.person.name}</Given>
            </strong>
            <Wanted request={request} />
            <Deciding
              of={request.id}
              approve={() => ask(approvePersonRequest, { params: { requestId: request.id } }).then(again)}
              refuse={(reason) =>
                ask(refusePersonRequest, { params: { requestId: request.id }, body: { reason } }).then(again)
              }
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Wanted({ request: { kind, doubt, wanted, other, note } }: { request: Request }) {
  const { w } = useWords()
  const values = {
    name: wanted?.name,
    birthYear: wanted?.birthYear?.toString(),
    identityNumber: wanted?.identityNumber,
    contact: wanted?.contact?.masked,
  }
  const given = Object.entries(values).filter(([, value]) => value)
  return (
    <>
      <p>{w.asks.kinds[kind]}</p>
      {doubt && <p>{w.asks.doubts[doubt]}</p>}
      {given.map(([field, value]) => (
        <p key={field}>
          {w.asks.wanted[field as keyof typeof values]} <Given>{value as string}</Given>
        </p>
      ))}
      {other && (
        <p>
          {w.asks.with} <Given>{other.name}</Given>
        </p>
      )}
      {note && (
        <p>
          <Given>{note}</Given>
        </p>
      )}
    </>
  )
}
