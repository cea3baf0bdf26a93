import { Button } from 'antd'
import { useState } from 'react'
import type { RoleName } from '#modules/accounts/words.ts'
import {
  decideLateEntry,
  type LateEntry,
  listLateEntries,
  readAgenda,
  readEventSteps,
  readReport,
  reviewLateEntry,
} from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { ReasonDialog } from '../ui/office/reason-dialog.tsx'
import { tellDone } from '../ui/office/undo-bar.tsx'
import { useLateWords } from './words/index.ts'

/** What is read again after a decision. */
export const readDecided = () => readAgain(listLateEntries, readReport, readEventSteps, readAgenda)

interface Props {
  entry: LateEntry
  failed: (error: unknown) => void
}

/** From which level on a role is asked. Whoever is in charge of a shift may have any role, and decides on the phone. */
const asksFrom: Partial<Record<RoleName, number>> = {
  team_leader: 0,
  unit_administrator: 1,
  district_office: 2,
  city_office: 3,
}
const levelOf: Record<LateEntry['asked'], number> = {
  nearby: 0,
  in_charge: 0,
  liaison: 1,
  district: 2,
  city: 3,
}

/** Whether the reader is asked about an entry. Who exactly may decide it, the service knows: it says so for each. */
export function useAsked(): (entry: LateEntry) => boolean {
  const mine = useStore(me)
  const from = (mine?.grants ?? []).flatMap(({ role, suspended }) =>
    suspended ? [] : (asksFrom[role] ?? Number.POSITIVE_INFINITY),
  )
  return ({ state, asked }) => state === 'pending' && Math.min(...from) <= levelOf[asked]
}

/** What the reader may do with an entry: decide it when it is their turn, or look again at one that was drawn. */
export function Deciding({ entry, failed }: Props) {
  const { r } = useLateWords()
  const mine = useStore(me)
  const dialog = useDialog(['refuse', 'overturn'])
  const [busy, setBusy] = useState(false)
  const isAsked = useAsked()
  const mayReview = mine?.permissions.includes('attendance.review') === true
  const params = { lateEntryId: entry.id }
  const act = async (work: () => Promise<unknown>, text: string) => {
    failed(undefined)
    setBusy(true)
    try {
      await work()
      tellDone({ text })
    } catch (error) {
      failed(error)
    }
    // Also after a refusal: as a rule somebody else was faster.
    await readDecided().catch(() => undefined)
    setBusy(false)
  }
  const open = dialog.of === entry.id ? dialog.act : undefined
  return (
    <span className="acts-here">
      {isAsked(entry) && (
        <>
          <Button
            size="small"
            loading={busy}
            title={r.final}
            onClick={() =>
              void act(() => ask(decideLateEntry, { params, body: { approved: true } }), r.approved)
            }
          >
            {r.approve}
          </Button>
          <Button size="small" onClick={() => dialog.open('refuse', entry.id)}>
            {r.refuse}
          </Button>
        </>
      )}
      {entry.drawn && entry.upheld === null && mayReview && (
        <>
          <Button
            size="small"
            loading={busy}
            onClick={() =>
              void act(() => ask(reviewLateEntry, { params, body: { upheld: true } }), r.upholdDone)
            }
          >
            {r.uphold}
          </Button>
          <Button size="small" danger onClick={() => dialog.open('overturn', entry.id)}>
            {r.overturn}
          </Button>
        </>
      )}
      {open === 'refuse' && <Refuse entry={entry} close={dialog.close} />}
      {open === 'overturn' && <Overturn entry={entry} close={dialog.close} />}
    </span>
  )
}

function Refuse({ entry, close }: { entry: LateEntry; close: () => void }) {
  const { r } = useLateWords()
  return (
    <ReasonDialog
      title={r.refuseTitle}
      confirm={r.refuse}
      label={r.refuseReason}
      hint={r.refuseHint}
      final={r.final}
      close={close}
      act={async (reason) => {
        await ask(decideLateEntry, { params: { lateEntryId: entry.id }, body: { approved: false, reason } })
        await readDecided()
        return { text: r.refused }
      }}
    />
  )
}

function Overturn({ entry, close }: { entry: LateEntry; close: () => void }) {
  const { r } = useLateWords()
  return (
    <ActDialog
      ready
      danger
      title={r.overturnTitle}
      confirm={r.overturn}
      close={close}
      act={async () => {
        await ask(reviewLateEntry, { params: { lateEntryId: entry.id }, body: { upheld: false } })
        await readDecided()
        return { text: r.overturnDone }
      }}
    >
      <p className="note warn">{r.overturnLead}</p>
    </ActDialog>
  )
}
