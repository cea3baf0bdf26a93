/** 点名: who is here. Each tap holds at once; the service hears of it when it can. */
import { useEffect, useState } from 'react'
import { Unreachable } from '../../core/refused.ts'
import { useStore } from '../../core/store.ts'
import { phonePaths } from '../../paths.ts'
import { Given } from '../../ui/plain/given.tsx'
import { Link } from '../address.tsx'
import { ChooseDuty, callsRoll, DutyFacts, leads, useDuties } from '../duty.tsx'
import { Empty, Page, Shown, Trouble } from '../parts.tsx'
import { useWords } from '../words/index.ts'
import { Heads } from './heads.tsx'
import { unsentOf } from './kept.ts'
import { Names } from './names.tsx'
import { Answers, SendingState } from './sending.tsx'
import { type Duty, leaveRoll, load, openRoll } from './store.ts'

/** Without a shift: the one there is, or the choice among several. */
export function Roll({ shiftId }: { shiftId?: string | undefined }) {
  const { w } = useWords()
  if (shiftId) return <RollOf key={shiftId} shiftId={shiftId} />
  const { title, choose: lead, empty } = w.roll
  return (
    <ChooseDuty {...{ title, lead, empty }} to={phonePaths.roll} among={leads}>
      {({ shiftId: only }) => <RollOf key={only} shiftId={only} />}
    </ChooseDuty>
  )
}

/** One page of a browser at a time calls the roll: two would write over one another. */
function useAlone(): boolean | undefined {
  const [alone, setAlone] = useState<boolean | undefined>(navigator.locks ? undefined : true)
  useEffect(() => {
    if (!navigator.locks) return
    let leave: () => void = () => undefined
    const left = new Promise<void>((resolve) => {
      leave = resolve
    })
    void navigator.locks.request('muster-roll', { ifAvailable: true }, (lock) => {
      setAlone(lock !== null)
      return lock ? left : undefined
    })
    return leave
  }, [])
  return alone
}

function RollOf({ shiftId }: { shiftId: string }) {
  const { w } = useWords()
  const roll = useStore(openRoll)
  const duties = useDuties()
  const alone = useAlone()
  const duty = duties.data?.items.find((each) => each.shiftId === shiftId)
  useEffect(() => () => leaveRoll(), [])
  if (alone === undefined) return <Page title={w.roll.title}>{null}</Page>
  if (!alone) {
    return (
      <Page title={w.roll.title}>
        <Empty text={w.roll.twice} />
      </Page>
    )
  }
  if (roll && roll.shift.shiftId !== shiftId && unsentOf(roll) > 0) {
    return (
      <Page title={w.roll.title}>
        <p className="note warn">{w.roll.other(roll.shift.zone, unsentOf(roll))}</p>
        <Link to={phonePaths.roll(roll.shift.shiftId)} className="button primary">
          {w.roll.openOther}
        </Link>
      </Page>
    )
  }
  if (roll?.shift.shiftId === shiftId)
    return <OpenRoll duty={duty} unreachable={duties.error instanceof Unreachable} />
  return (
    <Page title={w.roll.title}>
      <Shown of={duties}>
        {() => {
          if (!duty) return <Empty text={w.roll.unlisted} />
          return callsRoll(duty) ? <Loading duty={duty} /> : <NoRight duty={duty} />
        }}
      </Shown>
    </Page>
  )
}

function NoRight({ duty }: { duty: Duty }) {
  const { w } = useWords()
  return (
    <>
      <div className="card">
        <DutyFacts duty={duty} />
      </div>
      <p className="note">{w.roll.noRight}</p>
      <Link to={phonePaths.share(duty.shiftId)} className="button primary">
        {w.share.pass}
      </Link>
    </>
  )
}

function Loading({ duty }: { duty: Duty }) {
  const { w } = useWords()
  const [error, setError] = useState<unknown>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for a shift
  useEffect(() => {
    load(duty).catch(setError)
  }, [duty.shiftId])
  if (error) {
    const again = () => {
      setError(undefined)
      load(duty).catch(setError)
    }
    return <Trouble error={error} again={again} />
  }
  return (
    <p className="empty" role="status">
      {w.common.loading}
    </p>
  )
}

function OpenRoll({ duty, unreachable }: { duty: Duty | undefined; unreachable: boolean }) {
  const { w } = useWords()
  const roll = useStore(openRoll)
  const id = duty?.shiftId
  const asked = roll && unsentOf(roll) === 0
  // What others recorded meanwhile is read when the roll is opened again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for a shift, when it is known
  useEffect(() => {
    if (duty && asked) load(duty).catch(() => undefined)
  }, [id])
  if (!roll) return null
  return (
    <Page
      title={w.roll.title}
      lead={
        <>
          <Given>{roll.shift.zone}</Given> · <Given>{roll.shift.work}</Given>
        </>
      }
    >
      {unreachable && (
        <p className="note" role="status">
          {w.roll.offlineOpen}
        </p>
      )}
      <SendingState />
      <Answers />
      {roll.places.length === 0 ? <Empty text={w.roll.nobody} /> : <Names roll={roll} />}
      <Heads roll={roll} />
    </Page>
  )
}
