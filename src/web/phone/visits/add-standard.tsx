/** On patrol the standards are chosen as something is found. */
import { useState } from 'react'
import { standardClasses } from '#modules/inspection/words.ts'
import { useStore } from '../../core/store.ts'
import { Button } from '../parts.tsx'
import { Find } from './find.tsx'
import { keptVisits } from './keeping.ts'
import type { Work } from './kinds.ts'
import { work as change } from './store.ts'
import { useVisitWords } from './words/index.ts'

export function AddStandard({ work }: { work: Work }) {
  const { v, say } = useVisitWords()
  const kept = useStore(keptVisits.value)
  const [open, setOpen] = useState(work.standards.length === 0)
  const has = new Set(work.standards.map(({ id }) => id))
  const among = (kept?.kit?.standards ?? []).filter(
    ({ id, schemeId }) => schemeId === work.patrol?.schemeId && !has.has(id),
  )
  if (!open) return <Button onPress={() => setOpen(true)}>{v.patrolPage.add}</Button>
  return (
    <section className="card">
      <Find
        label={v.patrolPage.standard}
        hint={v.patrolPage.standardHint}
        nothing={v.patrolPage.noStandards}
        among={among}
        textOf={({ code, text, pointClass }) => [text, `${code} · ${say(standardClasses[pointClass])}`]}
        chosen={(standard) => {
          // One row is enough: what is found on the way is found once.
          const once = { ...standard, observations: 1 }
          change(work.id, (now) => ({ ...now, standards: [once, ...now.standards] }))
          setOpen(false)
        }}
      />
    </section>
  )
}
