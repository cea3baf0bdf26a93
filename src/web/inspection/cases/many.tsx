import { Button } from 'antd'
import { useState } from 'react'
import { type Case, issueCase, listUnits, nameCaseUnit } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Field } from '../../ui/office/field.tsx'
import { Trouble } from '../../ui/office/page.tsx'
import { type Named, RemoteSelect } from '../../ui/office/remote-select.tsx'
import type { tellDone } from '../../ui/office/undo-bar.tsx'
import { casesChanged } from './keep.ts'
import { useCaseWords } from './words/index.ts'

type Left = { number: string; error: unknown }

/** What is decided of several cases that wait, each by itself: one that cannot be done keeps none of the others from it. */
export function ManyCases({ cases, none }: { cases: readonly Case[]; none: () => void }) {
  const { r } = useCaseWords()
  const [act, setAct] = useState<'name' | 'issue'>()
  const close = () => setAct(undefined)
  const [left, setLeft] = useState<readonly Left[]>([])
  const each = async (act: (one: Case) => Promise<unknown>) => {
    const refused: Left[] = []
    for (const one of cases) {
      try {
        await act(one)
      } catch (error) {
        refused.push({ number: one.number, error })
      }
    }
    setLeft(refused)
    none()
    await casesChanged()
    return { text: r.manyDone(cases.length - refused.length) }
  }
  const issue = (one: Case) => ask(issueCase, { params: { caseId: one.id } }, { version: one.version })
  return (
    <>
      <div className="selection">
        {cases.length > 0 && (
          <>
            <strong aria-live="polite">{r.selected(cases.length)}</strong>
            <Button onClick={() => setAct('name')}>{r.nameMany}</Button>
            <Button onClick={() => setAct('issue')}>{r.issueMany}</Button>
            <Button type="link" onClick={none}>
              {r.selectNone}
            </Button>
          </>
        )}
      </div>
      {left.length > 0 && (
        <div className="note bad" role="alert">
          <p>{r.manyLeft(left.length)}</p>
          {left.map(({ number, error }) => (
            <div key={number}>
              <strong translate="no">{number}</strong>
              <Trouble error={error} />
            </div>
          ))}
        </div>
      )}
      {act === 'issue' && (
        <ActDialog title={r.issueMany} confirm={r.issueMany} ready close={close} act={() => each(issue)}>
          <p>
            {r.selected(cases.length)}
            {r.stop}
            {r.issueLead}
          </p>
        </ActDialog>
      )}
      {act === 'name' && (
        <NameUnit
          close={close}
          name={(unit) =>
            each((one) =>
              ask(
                nameCaseUnit,
                { params: { caseId: one.id }, body: { unitId: unit.id } },
                { version: one.version },
              ),
            )
          }
        />
      )}
    </>
  )
}

/** Asks which unit answers for it. */
export function NameUnit({
  name,
  close,
}: {
  name: (unit: Named) => Promise<Parameters<typeof tellDone>[0]>
  close: () => void
}) {
  const { r } = useCaseWords()
  const [unit, setUnit] = useState<Named | null>(null)
  return (
    <ActDialog
      title={r.nameUnit}
      confirm={r.nameUnit}
      first="case-unit"
      ready={unit !== null}
      close={close}
      again={casesChanged}
      act={() => name(unit!)}
    >
      <p>{r.nameLead}</p>
      <Field label={r.unit} name="case-unit">
        <RemoteSelect
          id="case-unit"
          value={unit}
          find={listUnits}
          placeholder={r.chooseUnit}
          onChange={setUnit}
        />
      </Field>
    </ActDialog>
  )
}
