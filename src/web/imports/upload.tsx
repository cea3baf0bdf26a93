import { Button } from 'antd'
import { useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { listKinds } from '#modules/imports/words.ts'
import { downloadImportTemplate, listImports, readImport, startImport } from '../api/operations.ts'
import { ask, newKey } from '../core/ask.ts'
import { addressOf } from '../core/operation.ts'
import { queries, queryKey, readAgain } from '../core/query.ts'
import { paths } from '../paths.ts'
import { useGoOn } from '../ui/office/go-on.ts'
import { LeaveGuard } from '../ui/office/leave-guard.tsx'
import { Page, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import { useImportKinds } from './kinds.ts'
import { useImportWords } from './words/index.ts'
import './imports.css'

const filesMax = 600
const bytesMax = 64 * 1024 * 1024

/** Which files are to be imported? */
export function Component() {
  const { w } = useWords()
  const i = useImportWords()
  const navigate = useNavigate()
  const [files, setFiles] = useState<File[]>([])
  const [share, setShare] = useState<number>()
  const [error, setError] = useState<unknown>()
  const { gone, goOn } = useGoOn()
  // The same files sent twice, because no answer came, are one import.
  const key = useRef({ files, key: newKey() })
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  const wrong = files.length > filesMax ? i.tooMany(filesMax) : bytes > bytesMax ? i.tooLarge : undefined

  const upload = async () => {
    if (key.current.files !== files) key.current = { files, key: newKey() }
    const body = new FormData()
    for (const file of files) body.append('files', file, file.name)
    setError(undefined)
    setShare(0)
    try {
      const begun = await ask(startImport, { body }, { key: key.current.key, sent: setShare })
      queries.setQueryData(queryKey(readImport, { params: { importId: begun.id } }), begun)
      void readAgain(listImports)
      goOn(paths.import(begun.id))
    } catch (failed) {
      setError(failed)
      setShare(undefined)
    }
  }

  return (
    <Page
      narrow
      title={i.start}
      windowTitle={i.start}
      question={i.startQuestion}
      trail={<Link to={paths.imports()}>{i.title}</Link>}
    >
      <div className="panel padded stack">
        {error !== undefined && <Trouble error={error} />}
        <Drop disabled={share !== undefined} add={(more) => setFiles(withoutTwice([...files, ...more]))} />
        {files.length > 0 && (
          <>
            <p role="status">
              <strong>{i.chosen(files.length, sizeText(bytes, i))}</strong>
            </p>
            <ul className="file-list">
              {files.map((file) => (
                <li key={`${file.name}/${file.size}/${file.lastModified}`}>
                  <Given>{file.name}</Given>
                  <span className="soft nowrap">{sizeText(file.size, i)}</span>
                  <span translate="no">
                    <Button
                      type="text"
                      size="small"
                      aria-label={i.takeOut(file.name)}
                      disabled={share !== undefined}
                      onClick={() => setFiles(files.filter((each) => each !== file))}
                    >
                      <span aria-hidden="true">✕</span>
                    </Button>
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
        {wrong && (
          <p className="note bad" role="alert">
            {wrong}
          </p>
        )}
        {share !== undefined && (
          <div role="status">
            <p>{i.uploading}</p>
            <progress max={1} value={share} aria-label={i.uploading} />
          </div>
        )}
        <div className="formfoot">
          <Button
            type="primary"
            disabled={files.length === 0 || wrong !== undefined}
            loading={share !== undefined}
            onClick={() => void upload()}
          >
            {i.upload(files.length)}
          </Button>
          <Button onClick={() => void navigate(paths.imports())}>{w.common.cancel}</Button>
          <span className="soft">{i.uploadNote}</span>
        </div>
        <Templates />
        <LeaveGuard dirty={files.length > 0 && !gone} />
      </div>
    </Page>
  )
}

/** The same file chosen twice is uploaded once. */
function withoutTwice(files: readonly File[]): File[] {
  return [...new Map(files.map((file) => [`${file.name}/${file.size}/${file.lastModified}`, file])).values()]
}

/** A size as people read it. */
function sizeText(bytes: number, i: ReturnType<typeof useImportWords>): string {
  return bytes < 1024 * 1024
    ? i.kilobytes(Math.max(0.1, bytes / 1024).toFixed(1))
    : i.megabytes((bytes / 1024 / 1024).toFixed(1))
}

function Drop({ disabled, add }: { disabled: boolean; add: (files: File[]) => void }) {
  const i = useImportWords()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way to what the button inside does
    <div
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        if (!disabled) add([...event.dataTransfer.files])
      }}
    >
      <p>{i.drop}</p>
      <Button disabled={disabled} onClick={() => input.current?.click()}>
        {i.choose}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".xlsx,.xlsm,.xls,.et,.ods,.csv,.tsv,.txt"
        aria-label={i.choose}
        onChange={(event) => {
          add([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <p className="hint">{i.dropHint}</p>
    </div>
  )
}

/** Lists to fill in: those of people and units first, then those of tasks and inspection. */
function Templates() {
  const { language } = useWords()
  const i = useImportWords()
  const own = Object.keys(listKinds)
  const rank = (list: string) => (own.includes(list) ? own.indexOf(list) : own.length)
  const lists = (useImportKinds()?.lists ?? [])
    .filter(({ template }) => template)
    .sort((a, b) => rank(a.list) - rank(b.list))
  if (lists.length === 0) return null
  return (
    <p className="templates">
      {i.templates}
      {lists.map(({ list: kind, name }) => (
        <Button
          key={kind}
          type="link"
          size="small"
          download
          href={addressOf(downloadImportTemplate, { params: { kind }, query: { lang: language } })}
        >
          {name}
        </Button>
      ))}
    </p>
  )
}
