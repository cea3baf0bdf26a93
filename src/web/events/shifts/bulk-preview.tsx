import { Checkbox } from 'antd'
import { useState } from 'react'
import { batchConflicts } from '#modules/events/words.ts'
import {
  makeShiftBatch,
  previewShiftBatch,
  type ShiftBatchPreview,
  undoShiftBatch,
} from '../../api/operations.ts'
import { ask, newKey } from '../../core/ask.ts'
import { keptKeys } from '../../core/draft.ts'
import { grouped } from '../../core/grouped.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import type { ChosenZones } from './bulk-zones.tsx'
import { shiftsChanged } from './keep.ts'

interface Props {
  eventId: string
  spec: InputOf<typeof previewShiftBatch>['body']
  zones: ChosenZones
  close: () => void
  made: () => void
}

/** What a bulk creation would make and what it could not; makes it, with the way back. */
export function PreviewBatch({ eventId, spec, zones, close, made }: Props) {
  const { w } = useWords()
  const { shifts: s } = w
  const [skipConflicts, setSkip] = useState(false)
  const [keyFor] = useState(() => keptKeys(newKey))
  const params = { eventId }
  const look = useAsk(previewShiftBatch, { params, body: spec })
  const preview = look.isPlaceholderData ? undefined : look.data
  const ready =
    preview !== undefined && preview.totals.shifts > 0 && (preview.conflictsTotal === 0 || skipConflicts)
  return (
    <ActDialog
      title={s.previewTitle}
      confirm={s.make}
      ready={ready}
      close={close}
      act={async () => {
        const body = { ...spec, skipConflicts }
        const batch = await ask(makeShiftBatch, { params, body }, { key: keyFor(body) })
        await shiftsChanged()
        made()
        return {
          text: s.made(batch.made),
          undo: async () => {
            await ask(undoShiftBatch, { params: { batchId: batch.id } })
            await shiftsChanged()
            return s.madeUndone(batch.made)
          },
        }
      }}
    >
      {look.isPending && <Skeleton lines={3} />}
      {look.isError && <Trouble error={look.error} again={() => void look.refetch()} />}
      {preview && (
        <>
          <p>
            {preview.totals.shifts > 0
              ? s.willMake(preview.totals.shifts, preview.zones, preview.totals.target)
              : s.willNone}
          </p>
          {preview.conflictsTotal > 0 && (
            <Conflicts preview={preview} zones={zones}>
              {preview.totals.shifts > 0 && (
                <Checkbox checked={skipConflicts} onChange={(event) => setSkip(event.target.checked)}>
                  {s.skip}
                </Checkbox>
              )}
            </Conflicts>
          )}
          <p className="soft">{s.undoable}</p>
        </>
      )}
    </ActDialog>
  )
}

/** How many names of zones are told for each reason. */
const namesMax = 5

function Conflicts({
  preview,
  zones,
  children,
}: {
  preview: ShiftBatchPreview
  zones: ChosenZones
  children: React.ReactNode
}) {
  const { w, say } = useWords()
  const { shifts: s } = w
  const reasons = [...grouped(preview.conflicts, ({ because }) => because)]
  return (
    <div className="note warn">
      <p>{s.conflicts(preview.conflictsTotal)}</p>
      <ul>
        {reasons.map(([because, some]) => {
          const names = [...new Set(some.map(({ zoneId }) => zones.get(zoneId) ?? ''))].filter(Boolean)
          return (
            <li key={because}>
              {s.conflictLine(say(batchConflicts[because]), some.length)}
              <br />
              <small className="soft">
                <Given>{names.slice(0, namesMax).join(' · ')}</Given>
                {names.length > namesMax && ' …'}
              </small>
            </li>
          )
        })}
      </ul>
      {children}
    </div>
  )
}
