/** The pages of visits. One page of a browser at a time has them. */
import './visits.css'
import { useEffect, useState } from 'react'
import { useStore } from '../../core/store.ts'
import { canKeep } from '../kept/seal.ts'
import { Empty, Page } from '../parts.tsx'
import type { VisitPage } from './door.tsx'
import { keptVisits } from './keeping.ts'
import { Patrol } from './patrol.tsx'
import { useRefreshed } from './refreshed.ts'
import { Round } from './round.tsx'
import { holds, takeUp } from './store.ts'
import { Uploads } from './uploads.tsx'
import { Visit } from './visit.tsx'
import { useVisitWords } from './words/index.ts'

export function Room({ page, id }: { page: VisitPage; id: string | undefined }) {
  const holding = useStore(holds)
  const reading = useRefreshed(holding)
  useEffect(() => void takeUp(), [])
  if (!holding) return <Elsewhere />
  if (page === 'uploads') return <Uploads />
  if (page === 'patrol') return <Patrol />
  return id ? <Visit key={id} id={id} reading={reading} /> : <Round reading={reading} />
}

/** Said after a moment: as a rule the page has them at once. */
function Elsewhere() {
  const { v } = useVisitWords()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 1500)
    return () => clearTimeout(timer)
  }, [])
  return <Page title={v.title}>{late && <Empty text={v.twice} />}</Page>
}

/** What the phone cannot do, said where something may be lost by it. */
export function Keeping() {
  const { v } = useVisitWords()
  const unsaved = useStore(keptVisits.unsaved)
  if (unsaved)
    return (
      <p className="note bad" role="alert">
        {v.unsaved}
      </p>
    )
  return canKeep ? null : <p className="note warn">{v.noKeeping}</p>
}
