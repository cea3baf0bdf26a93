import { Input, Modal } from 'antd'
import { useEffect, useState } from 'react'
import {
  correctImportCells,
  type Import,
  type ImportLine,
  type ImportSheet,
  listImportLines,
  readImport,
} from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { changedFields } from '../core/draft.ts'
import { EditForm } from '../ui/office/edit-form.tsx'
import { type Editable, useEditing } from '../ui/office/editing.ts'
import { Field } from '../ui/office/field.tsx'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import { letterOf, sheetsOf } from './facts.ts'
import { keepImport } from './keep.ts'
import { useFieldNames } from './kinds.ts'
import { useImportWords } from './words/index.ts'

/** A line with its texts in full, at a version of its sheet. */
interface FullLine {
  version: number
  texts: string[]
}
type Fields = Record<string, string>

interface Props {
  view: Import
  sheet: ImportSheet
  line: ImportLine
  close: () => void
}

const fieldOfColumn = (index: number) => `column-${index}`
const columnOf = (field: string) => Number(field.slice('column-'.length))

function fieldsOf({ texts }: FullLine): Fields {
  return Object.fromEntries(texts.map((text, index) => [fieldOfColumn(index), text]))
}

/** Reads the line with numbers in full, which is audited, and the version of the sheet that it is of. */
async function readFull({ view, sheet, line }: Omit<Props, 'close'>): Promise<FullLine> {
  const params = { importId: view.id, sheetId: sheet.id }
  const now = await ask(readImport, { params: { importId: view.id } })
  const version = sheetsOf(now).find((each) => each.sheet.id === sheet.id)?.sheet.version ?? sheet.version
  const query = { fromLine: line.line, limit: 1, full: true }
  const { items } = await ask(listImportLines, { params, query })
  const columns = Math.max(items[0]?.cells.length ?? 0, ...sheet.columns.map(({ index }) => index + 1))
  return { version, texts: Array.from({ length: columns }, (_, index) => items[0]?.cells[index]?.text ?? '') }
}

/** Corrects the cells of one line, in this import alone: the file stays as it is. */
export function CorrectLine({ close, ...where }: Props) {
  const { w } = useWords()
  const i = useImportWords()
  const [full, setFull] = useState<FullLine>()
  const [error, setError] = useState<unknown>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once when it is opened: each reading is audited
  useEffect(() => {
    readFull(where).then(setFull, setError)
  }, [])
  return (
    <Modal
      open
      width={640}
      title={i.correctLineTitle(where.line.line)}
      onCancel={close}
      closable={{ 'aria-label': w.common.close }}
      footer={null}
    >
      <p className="soft">{i.correctLineLead}</p>
      {error !== undefined && <Trouble error={error} />}
      {!full && error === undefined && <Skeleton lines={6} />}
      {full && <Editor {...where} full={full} close={close} />}
    </Modal>
  )
}

function Editor({ full, close, ...where }: Props & { full: FullLine }) {
  const i = useImportWords()
  const fieldName = useFieldNames()
  const { view, sheet, line } = where
  const editable: Editable<FullLine, Fields> = {
    fieldsOf,
    problemsOf: () => ({}),
    read: () => readFull(where),
    async send({ version }, before, fields) {
      const cells = changedFields(before, fields).map((field) => ({
        line: line.line,
        index: columnOf(field),
        text: fields[field]?.trim() || null,
      }))
      const params = { importId: view.id, sheetId: sheet.id }
      keepImport(await ask(correctImportCells, { params, body: { cells } }, { version }))
      setTimeout(close)
      return { version: version + 1, texts: Object.values(fields) }
    },
    fieldOf: () => undefined,
    inputOf: (field) => field,
  }
  const editing = useEditing(full, editable)
  const labelOf = (field: string) => {
    const column = sheet.columns.find(({ index }) => index === columnOf(field))
    const letter = letterOf(columnOf(field))
    const means = fieldName(column?.field ?? null)
    const part = column?.part ?? null
    const name = means && part !== null ? i.personOf(means, part + 1) : (means ?? column?.heading)
    const unread = sheet.unreadColumns.find(({ index }) => index === columnOf(field))?.heading
    return name || unread ? `${letter} · ${name || unread}` : i.noHeading(letter)
  }
  const problems = new Map(
    line.rows.flatMap((row) => row.problems).map(({ index, reason }) => [index, reason] as const),
  )
  return (
    <EditForm editing={editing} label={labelOf} show={(_, value) => <Given>{String(value)}</Given>}>
      <div className="fields">
        {Object.entries(editing.mine).map(([field, text]) => (
          <Field
            key={field}
            label={labelOf(field)}
            name={field}
            wrong={problems.get(columnOf(field))}
            hint={wasText(line, columnOf(field), i)}
          >
            <Input
              id={field}
              value={text}
              maxLength={500}
              autoComplete="off"
              onChange={(event) => editing.set({ [field]: event.target.value })}
            />
          </Field>
        ))}
      </div>
    </EditForm>
  )
}

function wasText(line: ImportLine, index: number, i: ReturnType<typeof useImportWords>): string | undefined {
  const was = line.cells[index]?.was
  if (was === null || was === undefined) return undefined
  return was === '' ? i.wasEmpty : i.was(was)
}
