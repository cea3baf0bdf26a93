import { useState } from 'react'
import {
  assignVisits,
  checkInspector,
  listRoundVisits,
  type Round,
  readRound,
  type Visit,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { grouped } from '../../core/grouped.ts'
import { readAgain, useAsk } from '../../core/query.ts'
import { instantOf, serverNow, type Wall, wallOf } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Choice } from '../../ui/office/choice.tsx'
import { Field } from '../../ui/office/field.tsx'
import { MomentPicker } from '../../ui/office/moment-picker.tsx'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { Code } from '../code.tsx'
import { useRoundWords } from '../words/index.ts'
import { useInspectors } from './inspectors.ts'
import { keepRound } from './keep-round.ts'

interface Props {
  round: Round
  visits: readonly Visit[]
  done: () => void
  close: () => void
}

/** The later of when the round begins and now. */
function firstMoment(round: Round): Wall {
  const [begins, now] = [wallOf(round.opensAt, cityZone()), wallOf(serverNow(), cityZone())]
  return begins > now ? begins : now
}

/** Sends an inspector to the selected points, but for those to which they may not go. */
export function Assign({ round, visits, done, close }: Props) {
  const { r } = useRoundWords()
  const [userId, setUserId] = useState<string | null>(null)
  const [opensAt, setOpensAt] = useState<Wall | null>(() => firstMoment(round))
  const inspectors = useInspectors()
  const params = { roundId: round.id, userId: userId ?? '' }
  const check = useAsk(checkInspector, { params }, { skip: userId === null, once: true })
  const checked = check.data?.userId === userId ? check.data : undefined
  const because = new Map(checked?.barred.map(({ visitId, text }) => [visitId, text]))
  const barred = visits.filter(({ id }) => because.has(id))
  const left = visits.filter(({ id }) => !because.has(id))
  return (
    <ActDialog
      title={r.assignTitle}
      confirm={r.assignCount(checked ? left.length : visits.length)}
      first="assign-inspector"
      ready={checked !== undefined && left.length > 0 && opensAt !== null}
      close={close}
      again={() => readAgain(readRound, listRoundVisits)}
      act={async () => {
        const told = instantOf(opensAt!, cityZone())
        const sent = left.map(({ id }) => ({ visitId: id, inspectorUserId: userId!, opensAt: told }))
        const body = { visits: sent }
        keepRound(await ask(assignVisits, { params: { roundId: round.id }, body }))
        await readAgain(listRoundVisits)
        done()
        return { text: r.assignedDone(sent.length) }
      }}
    >
      {inspectors.none && <p className="note warn">{r.noAccounts}</p>}
      <Field label={r.inspector} name="assign-inspector">
        <Choice
          given
          id="assign-inspector"
          label={r.inspector}
          all={r.chooseInspector}
          options={inspectors.options}
          value={userId}
          onChange={setUserId}
        />
      </Field>
      <Field label={r.toldFrom} name="assign-opens" hint={r.toldHint}>
        <MomentPicker
          id="assign-opens"
          zone={cityZone()}
          placeholder={r.toldFrom}
          value={opensAt}
          onChange={setOpensAt}
        />
      </Field>
      {userId !== null && !checked && !check.isError && <Skeleton lines={2} />}
      {check.isError && <Trouble error={check.error} again={() => void check.refetch()} />}
      {barred.length > 0 && <Barred visits={barred} because={because} none={left.length === 0} />}
    </ActDialog>
  )
}

/** To which of the selected points they may not go, by reason. */
function Barred({
  visits,
  because,
  none,
}: {
  visits: readonly Visit[]
  because: ReadonlyMap<string, string>
  none: boolean
}) {
  const { r } = useRoundWords()
  const reasons = grouped(visits, ({ id }) => because.get(id) ?? '')
  return (
    <div className={none ? 'note bad' : 'note warn'}>
      <p>{none ? r.allBarred : r.barred(visits.length)}</p>
      <ul>
        {[...reasons].map(([reason, some]) => (
          <li key={reason}>
            {reason}
            <div className="soft">
              {some.map(({ id, point, zone }) => (
                <span key={id} className="inspection-chip">
                  {point ? <Code>{point.code}</Code> : <Given>{zone.name}</Given>}
                </span>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}
