import { Button } from 'antd'
import {
  commitImport,
  downloadImportErrors,
  type Import,
  listPersons,
  listTeams,
  listUnits,
  undoImport,
} from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { addressOf } from '../core/operation.ts'
import { readAgain } from '../core/query.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { useWords } from '../words/index.ts'
import { peopleUnread, sheetsOf } from './facts.ts'
import { keepImport } from './keep.ts'
import { useImportWords } from './words/index.ts'

/** What may happen to the import now. An open dialog is a part of the address, so that Back closes it. */
export function ImportActs({ view }: { view: Import }) {
  const { language } = useWords()
  const i = useImportWords()
  const { search, set } = useFilters()
  const { counts, state } = view
  const rows = counts.new + counts.update
  const close = () => set({ act: null })
  const errors = counts.error > 0 && view.judgedAt !== null
  const href = addressOf(downloadImportErrors, { params: { importId: view.id }, query: { lang: language } })
  return (
    <>
      {errors && (
        <Button href={href} download>
          {i.errorsFile}
        </Button>
      )}
      {state === 'judged' && (
        <Button
          type="primary"
          disabled={rows === 0}
          title={rows === 0 ? i.nothingToCommit : undefined}
          onClick={() => set({ act: 'commit' })}
        >
          {rows === 0 ? i.commit : i.commitCount(rows)}
        </Button>
      )}
      {state === 'committed' && <Button onClick={() => set({ act: 'undo' })}>{i.undo}</Button>}
      {state === 'judged' && search.get('act') === 'commit' && <Commit view={view} close={close} />}
      {state === 'committed' && search.get('act') === 'undo' && <Undo view={view} close={close} />}
    </>
  )
}

interface DialogProps {
  view: Import
  close: () => void
}

/** Says what is written and what stays out, before anything is. */
function Commit({ view, close }: DialogProps) {
  const i = useImportWords()
  const { counts } = view
  const unread = sheetsOf(view).reduce((sum, { sheet }) => sum + peopleUnread(sheet).length, 0)
  return (
    <ActDialog
      title={i.commitTitle}
      confirm={i.commitCount(counts.new + counts.update)}
      ready={counts.new + counts.update > 0}
      close={close}
      act={async () => {
        keepImport(await ask(commitImport, { params: { importId: view.id } }))
        return { text: i.committing }
      }}
    >
      <p>
        <strong>{i.commitLead(counts.new, counts.update)}</strong>
      </p>
      {counts.unchanged > 0 && <p>{i.commitSame(counts.unchanged)}</p>}
      {counts.needs_decision > 0 && <p className="note warn">{i.commitAsked(counts.needs_decision)}</p>}
      {counts.error > 0 && <p className="note bad">{i.commitLeft(counts.error)}</p>}
      {unread > 0 && <p className="note bad">{i.commitUnread(unread)}</p>}
      <p className="soft">{i.commitFinal}</p>
    </ActDialog>
  )
}

function Undo({ view, close }: DialogProps) {
  const i = useImportWords()
  return (
    <ActDialog
      danger
      title={i.undoTitle}
      confirm={i.undo}
      ready
      close={close}
      act={async () => {
        keepImport(await ask(undoImport, { params: { importId: view.id } }))
        await readAgain(listPersons, listTeams, listUnits)
        return { text: i.undone }
      }}
    >
      <p>{i.undoLead}</p>
      <p className="note warn">{i.undoFinal}</p>
    </ActDialog>
  )
}
