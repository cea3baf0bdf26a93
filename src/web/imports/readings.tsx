import { Radio } from 'antd'
import { type Import, type ImportDecision, listImportLines } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { Given } from '../ui/plain/given.tsx'
import type { Answer } from './answers.tsx'
import { letterOf, sheetsOf } from './facts.ts'
import { useFieldNames, useListNames } from './kinds.ts'
import { useImportWords } from './words/index.ts'

interface Props {
  view: Import
  decision: ImportDecision
  answer: Answer | undefined
  choose: (answer: Answer) => void
}

/** How a sheet can be read, side by side: what each column would be, beside the first values in it. */
export function Readings({ view, decision, answer, choose }: Props) {
  const i = useImportWords()
  const listName = useListNames()
  const fieldName = useFieldNames()
  const found = sheetsOf(view).find(({ sheet }) => sheet.id === decision.sheetId)
  const params = { importId: view.id, sheetId: decision.sheetId ?? '' }
  const fromLine = (found?.sheet.readings[0]?.headingLine ?? 0) + 1
  const lines = useAsk(listImportLines, { params, query: { fromLine, limit: 2 } }, { skip: !found })
  if (!found) return null
  const { readings } = found.sheet
  const columns = [...new Set(readings.flatMap(({ columns: all }) => all.map(({ index }) => index)))].sort(
    (a, b) => a - b,
  )
  const headingOf = (index: number) =>
    readings.flatMap(({ columns: all }) => all).find((column) => column.index === index && column.heading)
      ?.heading
  const said = (at: number, index: number) => {
    const column = readings[at]?.columns.find((each) => each.index === index)
    const name = fieldName(column?.field ?? null)
    if (!column || !name) return undefined
    return column.part === null ? name : i.personOf(name, column.part + 1)
  }
  const pick = (next: string) =>
    choose(next === 'skip' ? { answer: 'skip' } : { answer: 'use', choice: next })
  const value = answer?.answer === 'use' ? answer.choice : answer?.answer
  return (
    <>
      <p>{i.readingsTitle}</p>
      <div className="table">
        <table className="choices readings">
          <thead>
            <tr>
              <th scope="col">{i.givenHeading}</th>
              <th scope="col">{i.firstValues}</th>
              {readings.map((layout, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a reading is known by its place
                <th scope="col" key={at}>
                  {i.reading(at + 1)}
                  <br />
                  <strong>{listName(layout.list) ?? i.unknownList}</strong>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns.map((index) => {
              const differs = new Set(readings.map((_, at) => said(at, index))).size > 1
              return (
                <tr key={index} className={differs ? 'differs' : undefined}>
                  <th scope="row">
                    <Given>{headingOf(index) ?? i.noHeading(letterOf(index))}</Given>
                  </th>
                  <td>
                    <span translate="no">
                      {(lines.data?.items ?? [])
                        .map(({ cells }) => cells[index]?.text)
                        .filter(Boolean)
                        .join(' / ')}
                    </span>
                  </td>
                  {readings.map((_, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a reading is known by its place
                    <td key={at}>{said(at, index) ?? <span className="soft">{i.notRead}</span>}</td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <Radio.Group
        name={decision.id}
        value={value ?? null}
        onChange={(event) => pick(String(event.target.value))}
      >
        {readings.map((layout, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a reading is known by its place
          <Radio key={at} value={String(at)}>
            {i.reading(at + 1)} · {listName(layout.list) ?? i.unknownList}
          </Radio>
        ))}
        <Radio value="skip">{i.skipRows}</Radio>
      </Radio.Group>
    </>
  )
}
