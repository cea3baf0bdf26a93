/** 不记名清点: heads of a team that were promised without names. */
import { type FormEvent, useState } from 'react'
import { countGroup, listAllotments } from '../../api/operations.ts'
import { ask, newKey } from '../../core/ask.ts'
import type { AnswerOf } from '../../core/operation.ts'
import { Given } from '../../ui/plain/given.tsx'
import { useTimes } from '../duty.tsx'
import { Field, Trouble, useDoing } from '../parts.tsx'
import { useAsk } from '../reading.ts'
import { useWords } from '../words/index.ts'
import type { Duty } from './store.ts'

type Allotment = AnswerOf<typeof listAllotments>['items'][number]

export function Heads({ duty }: { duty: Duty }) {
  const { w } = useWords()
  const query = { shiftId: duty.shiftId, limit: 200 }
  const { data } = useAsk(listAllotments, { params: { eventId: duty.event.id }, query })
  const unnamed = data?.items.filter(({ heads, named }) => heads > named) ?? []
  if (unnamed.length === 0) return null
  return (
    <section>
      <h2>{w.roll.heads}</h2>
      {unnamed.map((allotment) => (
        <Count key={allotment.id} allotment={allotment} timeZone={duty.event.timeZone} />
      ))}
    </section>
  )
}

const fields = ['present', 'adults', 'companions'] as const

function Count({ allotment, timeZone }: { allotment: Allotment; timeZone: string }) {
  const { w } = useWords()
  const { clock } = useTimes(timeZone)
  const [typed, setTyped] = useState({ present: '', adults: '', companions: '0' })
  const [counted, setCounted] = useState<AnswerOf<typeof countGroup>>()
  const doing = useDoing()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const numbers = Object.fromEntries(fields.map((field) => [field, Number(typed[field])]))
    const body = { operationId: `heads-${newKey()}`, ...(numbers as Record<(typeof fields)[number], number>) }
    void doing.run(async () =>
      setCounted(await ask(countGroup, { params: { allotmentId: allotment.id }, body })),
    )
  }
  return (
    <form className="card" onSubmit={submit}>
      <p>
        <Given>{allotment.team.name}</Given> {w.roll.headsText(allotment.heads - allotment.named)}
      </p>
      {fields.map((field) => (
        <Field key={field} label={w.roll[field]}>
          <input
            type="number"
            inputMode="numeric"
            min={0}
            max={100000}
            required
            value={typed[field]}
            onChange={(event) => setTyped({ ...typed, [field]: event.target.value })}
          />
        </Field>
      ))}
      {doing.error !== undefined && <Trouble error={doing.error} />}
      {counted && <p role="status">✓ {w.roll.counted(counted.present, clock(counted.countedAt))}</p>}
      <button type="submit" className="primary">
        {w.roll.countSave}
      </button>
    </form>
  )
}
