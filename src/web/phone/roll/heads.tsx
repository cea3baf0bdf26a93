/** 不记名清点: heads of a team that were promised without names. A count holds at once; the service hears of it when it can. */
import { type FormEvent, useState } from 'react'
import { momentOfStamp } from '../../core/time.ts'
import { Given } from '../../ui/plain/given.tsx'
import { useTimes } from '../duty.tsx'
import { Button, Field } from '../parts.tsx'
import { useWords } from '../words/index.ts'
import type { KeptRoll } from './kept.ts'
import { type Allotted, headsOf } from './kept-heads.ts'
import { countHeads, readRefusal } from './store.ts'

export function Heads({ roll }: { roll: KeptRoll }) {
  const { w } = useWords()
  const { allotted } = headsOf(roll)
  if (allotted.length === 0) return null
  return (
    <section>
      <h2>{w.roll.heads}</h2>
      {allotted.map((each) => (
        <Count key={each.id} roll={roll} allotted={each} />
      ))}
    </section>
  )
}

const fields = ['present', 'adults', 'companions'] as const

function Count({ roll, allotted: { id, team, unnamed } }: { roll: KeptRoll; allotted: Allotted }) {
  const { w } = useWords()
  const { counts, told } = headsOf(roll)
  const before = counts[id] ?? told[id]
  const [typed, setTyped] = useState({
    present: before ? String(before.present) : '',
    adults: before ? String(before.adults) : '',
    companions: before ? String(before.companions) : '0',
  })
  const tooMany = typed.present !== '' && typed.adults !== '' && Number(typed.adults) > Number(typed.present)
  const [tried, setTried] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (tooMany) return
    const { present, adults, companions } = typed
    countHeads(id, { present: Number(present), adults: Number(adults), companions: Number(companions) })
  }
  return (
    <form className="card" onSubmit={submit}>
      <p>
        <Given>{team}</Given> {w.roll.headsText(unnamed)}
      </p>
      {fields.map((field) => (
        <Field
          key={field}
          label={w.roll[field]}
          error={field === 'adults' && tried && tooMany ? w.roll.adultsTooMany : undefined}
        >
          <input
            type="number"
            inputMode="numeric"
            min={0}
            max={100000}
            required
            value={typed[field]}
            aria-invalid={field === 'adults' && tried && tooMany}
            onChange={(event) => setTyped({ ...typed, [field]: event.target.value })}
          />
        </Field>
      ))}
      <Answer roll={roll} id={id} />
      <button type="submit" className="primary">
        {w.roll.countSave}
      </button>
    </form>
  )
}

/** What became of the count: it waits, was taken, or was refused. */
function Answer({ roll, id }: { roll: KeptRoll; id: string }) {
  const { w } = useWords()
  const { clock } = useTimes(roll.shift.timeZone)
  const { counts, told } = headsOf(roll)
  const [waits, answer] = [counts[id], told[id]]
  if (waits) return <p role="status">{w.roll.countWaits(waits.present, clock(momentOfStamp(waits.at)))}</p>
  if (!answer) return null
  if (answer.refused === undefined)
    return <p role="status">✓ {w.roll.counted(answer.present, clock(answer.at))}</p>
  return (
    <div className="note bad" role="alert">
      <p>{w.roll.countRefused(answer.present)}</p>
      <p>{answer.refused}</p>
      <Button onPress={() => readRefusal(id)}>{w.roll.known}</Button>
    </div>
  )
}
