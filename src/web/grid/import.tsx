import { Button } from 'antd'
import { useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import {
  importResponsibilities,
  importZones,
  listResponsibilities,
  listResponsibilityGaps,
  listZones,
  mapZones,
} from '../api/operations.ts'
import { ask, newKey } from '../core/ask.ts'
import { readAgain } from '../core/query.ts'
import { isRefusal } from '../core/refused.ts'
import { paths } from '../paths.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useGoOn } from '../ui/office/go-on.ts'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { tellDone } from '../ui/office/undo-bar.tsx'
import { Given } from '../ui/plain/given.tsx'
import { GridPage } from './page.tsx'
import { useGridWords } from './words.ts'

interface Fault {
  row: number
  column: string
  value: string
  message: string
}

/** What one file would do, or did: a register of duties says no name of its file. */
interface Judged {
  file?: string
  counts: { new: number; update: number; unchanged: number; error: number }
  ignored: string[]
  hiddenRows: number
  faults: Fault[]
}

type Of = 'zones' | 'responsibilities'

/** Reads the files; `preview` changes nothing. */
async function send(of: Of, files: readonly File[], hidden: Hidden, key: string, preview: boolean) {
  const body = new FormData()
  for (const file of files) body.append('files', file, file.name)
  const input = { query: { preview, ...(hidden ? { hidden } : {}) }, body }
  if (of === 'zones') return (await ask(importZones, input, { key })).files as Judged[]
  return [(await ask(importResponsibilities, input, { key })) as Judged]
}

type Hidden = 'take' | 'skip' | undefined

/** What do these files change? Read first, then imported; rows with faults are left out and named. */
export function Component() {
  const { r, w } = useGridWords()
  const [search] = useSearchParams()
  const of: Of = search.get('of') === 'responsibilities' ? 'responsibilities' : 'zones'
  const [files, setFiles] = useState<File[]>([])
  const [judged, setJudged] = useState<Judged[]>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [hidden, setHidden] = useState<Hidden>()
  const key = useRef(newKey())
  const { goOn } = useGoOn()
  const back = of === 'zones' ? paths.zones() : paths.responsibilities()

  const run = async (work: () => Promise<void>) => {
    setError(undefined)
    setBusy(true)
    await work().catch(setError)
    setBusy(false)
  }
  const look = (chosen: File[], take: Hidden = undefined) =>
    void run(async () => {
      setFiles(chosen)
      setHidden(take)
      setJudged(undefined)
      if (chosen.length === 0) return
      key.current = newKey()
      setJudged(await send(of, chosen, take, newKey(), true))
    })
  const importNow = () =>
    void run(async () => {
      const done = await send(of, files, hidden, key.current, false)
      await readAgain(listZones, mapZones, listResponsibilities, listResponsibilityGaps)
      const written = done.reduce((sum, { counts }) => sum + counts.new + counts.update, 0)
      tellDone({ text: r.imported(written) })
      goOn(back)
    })
  const changes = (judged ?? []).reduce((sum, { counts }) => sum + counts.new + counts.update, 0)

  return (
    <GridPage
      title={of === 'zones' ? r.importZones : r.importDuties}
      question={r.importQuestion}
      trail={<Link to={back}>{of === 'zones' ? r.zones : r.register}</Link>}
    >
      <div className="panel padded stack">
        <p>{of === 'zones' ? r.importZonesLead : r.importDutiesLead}</p>
        <label className="upload">
          <span className="label">{r.chooseFiles}</span>
          <input
            type="file"
            multiple={of === 'zones'}
            accept=".xlsx,.csv,.geojson,.json"
            onChange={({ target }) => look([...(target.files ?? [])])}
          />
        </label>
        {busy && !judged && <Skeleton lines={4} />}
        {error !== undefined && (
          <Trouble error={error}>
            {isRefusal(error, 422, 'file.hidden_rows') && (
              <p className="selection">
                <Button onClick={() => look(files, 'take')}>{r.takeHidden}</Button>
                <Button onClick={() => look(files, 'skip')}>{r.skipHidden}</Button>
              </p>
            )}
          </Trouble>
        )}
        {judged?.map((each) => (
          <JudgedFile key={each.file ?? ''} judged={each} />
        ))}
        {judged && (
          <div className="formfoot">
            <Button type="primary" disabled={changes === 0} loading={busy} onClick={importNow}>
              {r.importNow(changes)}
            </Button>
            <Button onClick={() => look([])}>{w.common.cancel}</Button>
          </div>
        )}
      </div>
    </GridPage>
  )
}

/** As many faults as are shown; the file itself has to be mended before there are more. */
const faultsMax = 100

function JudgedFile({ judged: { file, counts, ignored, faults } }: { judged: Judged }) {
  const { r } = useGridWords()
  const columns: Column<Fault>[] = [
    { key: 'row', title: r.row, number: true, cell: ({ row }) => row },
    { key: 'column', title: r.column, cell: ({ column }) => <span translate="no">{column}</span> },
    { key: 'value', title: r.value, cell: ({ value }) => <Given>{value}</Given> },
    { key: 'message', title: r.fault, names: true, cell: ({ message }) => <Given>{message}</Given> },
  ]
  return (
    <section>
      {file && (
        <h2>
          <Given>{file}</Given>
        </h2>
      )}
      <p>{r.counts(counts.new, counts.update, counts.unchanged, counts.error)}</p>
      {ignored.length > 0 && (
        <p className="soft">
          {r.ignored} <span translate="no">{ignored.join('、')}</span>
        </p>
      )}
      {faults.length > 0 && (
        <DataTable
          caption={r.fault}
          columns={columns}
          rows={faults.slice(0, faultsMax)}
          keyOf={({ row, column, message }) => `${row} ${column} ${message}`}
        />
      )}
    </section>
  )
}
