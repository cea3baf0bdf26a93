/** 巡查: a finding at no drawn point begins with the zone it is in. */
import { useEffect, useState } from 'react'
import { useStore } from '../../core/store.ts'
import { phonePaths } from '../../paths.ts'
import { go } from '../address.tsx'
import { Empty, Field, Loading, Page, Trouble } from '../parts.tsx'
import { Find } from './find.tsx'
import { keptVisits } from './keeping.ts'
import type { Kit } from './kinds.ts'
import { Keeping } from './room.tsx'
import { beginPatrol, refreshKit } from './store.ts'
import { useVisitWords } from './words/index.ts'

export function Patrol() {
  const { v } = useVisitWords()
  const kit = useStore(keptVisits.value)?.kit
  const [error, setError] = useState<unknown>()
  const look = () => {
    refreshKit().then(() => setError(undefined), setError)
  }
  useEffect(look, [])
  return (
    <Page title={v.patrolPage.title} lead={v.patrolPage.lead}>
      <Keeping />
      {kit ? <Begin kit={kit} /> : error ? <NotReady error={error} again={look} /> : <Loading />}
    </Page>
  )
}

function NotReady({ error, again }: { error: unknown; again: () => void }) {
  const { v } = useVisitWords()
  return (
    <>
      <Trouble error={error} again={again} />
      <p className="note">{v.patrolPage.notReady}</p>
    </>
  )
}

function Begin({ kit: { schemes, zones } }: { kit: Kit }) {
  const { v } = useVisitWords()
  const [schemeId, setScheme] = useState(schemes[0]?.id)
  if (!schemeId) return <Empty text={v.patrolPage.noScheme} />
  return (
    <>
      {schemes.length > 1 && (
        <Field label={v.patrolPage.scheme}>
          <select value={schemeId} onChange={({ currentTarget }) => setScheme(currentTarget.value)}>
            {schemes.map(({ id, name }) => (
              <option key={id} value={id} lang="zh-CN">
                {name}
              </option>
            ))}
          </select>
        </Field>
      )}
      <Find
        label={v.patrolPage.zone}
        hint={v.patrolPage.zoneHint}
        nothing={v.patrolPage.noZones}
        among={zones}
        textOf={({ name, parent }) => [name, parent]}
        chosen={(zone) => go(phonePaths.visits(beginPatrol(zone, schemeId)))}
      />
    </>
  )
}
