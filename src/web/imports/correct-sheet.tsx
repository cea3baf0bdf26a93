import { Input, InputNumber, Modal, Select } from 'antd'
import type { ReactNode } from 'react'
import {
  correctImportHeadings,
  type Import,
  type ImportLine,
  type ImportSheet,
  readImport,
} from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { TeamSelect, UnitSelect } from '../organisation/choose.tsx'
import { EditForm } from '../ui/office/edit-form.tsx'
import { type Editable, useEditing } from '../ui/office/editing.ts'
import { Field } from '../ui/office/field.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import { letterOf, sheetsOf } from './facts.ts'
import { keepImport } from './keep.ts'
import { useFieldNames, useImportKinds, useListNames } from './kinds.ts'
import {
  bodyOf,
  columnsIn,
  fieldsOf,
  indexOf,
  isColumn,
  type Meaning,
  type SheetFields,
} from './sheet-fields.ts'
import { useImportWords } from './words/index.ts'

interface Props {
  view: Import
  sheet: ImportSheet
  lines: ImportLine[]
  close: () => void
}

/** Says what a sheet lists, where its headings are, and what each column means. */
export function CorrectSheet({ view, sheet, lines, close }: Props) {
  const { w } = useWords()
  const i = useImportWords()
  return (
    <Modal
      open
      width={960}
      title={i.correctSheetTitle}
      onCancel={close}
      closable={{ 'aria-label': w.common.close }}
      footer={null}
    >
      <Editor view={view} sheet={sheet} lines={lines} close={close} />
    </Modal>
  )
}

function useEditableSheet({ view, sheet: shown, lines, close }: Props): Editable<ImportSheet, SheetFields> {
  const i = useImportWords()
  const count = columnsIn(shown, lines)
  const sheetIn = (now: Import) => sheetsOf(now).find(({ sheet }) => sheet.id === shown.id)?.sheet ?? shown
  return {
    fieldsOf: (sheet) => fieldsOf(sheet, count),
    problemsOf: ({ list, headingLine }) => ({
      ...(list === null ? { list: i.missingList } : {}),
      ...(headingLine === null ? { headingLine: i.invalidLine } : {}),
    }),
    async read() {
      const now = await ask(readImport, { params: { importId: view.id } })
      keepImport(now)
      return sheetIn(now)
    },
    async send({ version }, _before, fields) {
      const params = { importId: view.id, sheetId: shown.id }
      const now = await ask(correctImportHeadings, { params, body: bodyOf(fields) }, { version })
      keepImport(now)
      setTimeout(close)
      return sheetIn(now)
    },
    fieldOf: ({ problem }) =>
      problem.code === 'list.unknown' ? 'list' : problem.code === 'team.missing' ? 'teamId' : undefined,
    inputOf: (field) => `sheet-${field}`,
  }
}

function Editor(props: Props) {
  const i = useImportWords()
  const { sheet, lines } = props
  const editing = useEditing(sheet, useEditableSheet(props))
  const kinds = useImportKinds()
  const labels: Record<string, string> = {
    list: i.listKind,
    headingLine: i.headingLine,
    unitId: i.defaultUnit,
    teamId: i.defaultTeam,
    className: i.defaultClass,
  }
  const label = (field: string) => labels[field] ?? i.column(letterOf(indexOf(field)))
  const show = useShow()
  const { mine, problems, set } = editing
  const lists = (kinds?.lists ?? []).map(({ list, name }) => ({ value: list, label: name ?? list }))
  return (
    <EditForm editing={editing} label={label} show={show}>
      <div className="fields">
        <Field label={i.listKind} name="sheet-list" wrong={problems.list}>
          <Select
            id="sheet-list"
            options={lists}
            placeholder={i.chooseList}
            value={mine.list}
            onChange={(list) => set({ list })}
          />
        </Field>
        <Field
          label={i.headingLine}
          name="sheet-headingLine"
          hint={i.headingLineHint}
          wrong={problems.headingLine}
        >
          <InputNumber
            id="sheet-headingLine"
            min={1}
            max={1_048_576}
            precision={0}
            value={mine.headingLine}
            onChange={(headingLine) => set({ headingLine })}
          />
        </Field>
      </div>
      <h2>{i.columnsTitle}</h2>
      <Columns sheet={sheet} lines={lines} fields={mine} set={set} />
      <h2>{i.defaultsTitle}</h2>
      <div className="fields">
        <Field optional label={i.defaultUnit} name="sheet-unitId">
          <UnitSelect
            id="sheet-unitId"
            label={i.defaultUnit}
            value={mine.unitId}
            onChange={(unitId) => set({ unitId })}
          />
        </Field>
        <Field optional label={i.defaultTeam} name="sheet-teamId" wrong={problems.teamId}>
          <TeamSelect
            id="sheet-teamId"
            label={i.defaultTeam}
            value={mine.teamId}
            onChange={(teamId) => set({ teamId })}
          />
        </Field>
        <Field optional label={i.defaultClass} name="sheet-className">
          <Input
            id="sheet-className"
            value={mine.className}
            maxLength={60}
            onChange={(event) => set({ className: event.target.value })}
          />
        </Field>
      </div>
    </EditForm>
  )
}

/** How a field reads in the choice between two corrections. */
function useShow(): (field: string, value: unknown) => ReactNode {
  const i = useImportWords()
  const listName = useListNames()
  const fieldName = useFieldNames()
  return (field, value) => {
    if (field === 'list') return listName(value as string | null) ?? i.unknownList
    if (field === 'unitId' && value)
      return <UnitSelect label={i.defaultUnit} value={String(value)} onChange={noChange} />
    if (field === 'teamId' && value)
      return <TeamSelect label={i.defaultTeam} value={String(value)} onChange={noChange} />
    if (!isColumn(field)) return <Given>{String(value ?? '—')}</Given>
    const { field: means, part } = value as Meaning
    const name = fieldName(means)
    if (!name) return i.leaveEmpty
    return part === null || part === 0 ? name : i.personOf(name, part + 1)
  }
}

const noChange = () => undefined

interface ColumnsProps {
  sheet: ImportSheet
  lines: ImportLine[]
  fields: SheetFields
  set: (change: Partial<SheetFields>) => void
}

/** Each column with its heading, the first values in it, and what it means. */
function Columns({ sheet, lines, fields, set }: ColumnsProps) {
  const i = useImportWords()
  const kinds = useImportKinds()
  const used = new Set(kinds?.lists.find(({ list }) => list === fields.list)?.fields)
  const all = kinds?.fields ?? []
  const options = all
    .filter(({ field }) => used.size === 0 || used.has(field))
    .map(({ field, name }) => ({ value: field, label: name }))
  // What a column means already is offered too, where another kind of list would not use it.
  const offered = (chosen: string | null) => {
    const own = all.find(({ field }) => field === chosen)
    if (!own || options.some(({ value }) => value === chosen)) return options
    return [...options, { value: own.field, label: own.name }]
  }
  const partsMax = Math.max(
    1,
    ...Object.entries(fields).map(([key, value]) => (isColumn(key) ? ((value as Meaning).part ?? 0) + 2 : 1)),
  )
  const heading = lines.find(({ line }) => line === fields.headingLine)
  const data = lines.filter(({ line }) => line > (fields.headingLine ?? 0)).slice(0, 3)
  return (
    <div className="table columns-of">
      <table className="data">
        <caption>{i.columnsTitle}</caption>
        <thead>
          <tr>
            <th scope="col">{i.givenHeading}</th>
            <th scope="col">{i.firstValues}</th>
            <th scope="col">{i.meaning}</th>
            <th scope="col">{i.whichPerson}</th>
          </tr>
        </thead>
        <tbody>
          {Object.keys(fields)
            .filter(isColumn)
            .map((key) => {
              const index = indexOf(key)
              const { field, part } = fields[key] as Meaning
              const letter = letterOf(index)
              const given =
                heading?.cells[index]?.text ?? sheet.columns.find((each) => each.index === index)?.heading
              const ofPerson = all.find((each) => each.field === field)?.ofPerson === true
              return (
                <tr key={key}>
                  <th scope="row">
                    <span translate="no">{letter} </span>
                    {given ? <Given>{given}</Given> : <span className="soft">—</span>}
                  </th>
                  <td className="samples" translate="no">
                    {data
                      .map(({ cells }) => cells[index]?.text)
                      .filter(Boolean)
                      .join(' / ')}
                  </td>
                  <td>
                    <Select
                      id={`sheet-${key}`}
                      aria-label={`${i.column(letter)} ${i.meaning}`}
                      showSearch={{ optionFilterProp: 'label' }}
                      allowClear
                      placeholder={i.leaveEmpty}
                      options={offered(field)}
                      value={field}
                      popupMatchSelectWidth={false}
                      onChange={(next: string | undefined) => set({ [key]: { field: next ?? null, part } })}
                    />
                  </td>
                  <td>
                    {ofPerson && (
                      <Select
                        aria-label={`${i.column(letter)} ${i.whichPerson}`}
                        options={Array.from({ length: partsMax }, (_, at) => ({
                          value: at,
                          label: String(at + 1),
                        }))}
                        value={part ?? 0}
                        onChange={(next) => set({ [key]: { field, part: next } })}
                      />
                    )}
                  </td>
                </tr>
              )
            })}
        </tbody>
      </table>
    </div>
  )
}
