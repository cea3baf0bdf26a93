import { useState } from 'react'
import {
  changeStandard,
  createStandard,
  listStandards,
  readScheme,
  type Scheme,
  type Standard,
} from '../../api/operations.ts'
import { ask, newKey } from '../../core/ask.ts'
import { keptKeys } from '../../core/draft.ts'
import { readAgain } from '../../core/query.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { EditDialog } from '../../ui/office/edit-dialog.tsx'
import { type Editable, useEditing } from '../../ui/office/editing.ts'
import { useSchemeWords } from '../words/index.ts'
import { readStandard } from './read-standard.ts'
import {
  bodyOf,
  fieldOf,
  fieldsOf,
  newStandard,
  problemsOf,
  type StandardField,
  type StandardFields,
} from './standard-fields.ts'
import { StandardForm, useShowStandardField, useStandardLabels } from './standard-form.tsx'

/** Writes a standard into a draft. */
export function NewStandard({ scheme, close }: { scheme: Scheme; close: () => void }) {
  const { r, w } = useSchemeWords()
  const [fields, setFields] = useState(newStandard)
  const [keyFor] = useState(() => keptKeys(newKey))
  const problems = problemsOf(fields, w)
  return (
    <ActDialog
      title={r.addStandard}
      confirm={r.addStandard}
      first="standard-code"
      ready={Object.keys(problems).length === 0}
      close={close}
      again={() => readAgain(readScheme, listStandards)}
      act={async () => {
        const body = bodyOf(fields)
        await ask(createStandard, { params: { schemeId: scheme.id }, body }, { key: keyFor(body) })
        await readAgain(listStandards, readScheme)
        return { text: r.standardAdded }
      }}
    >
      <StandardForm
        scheme={scheme}
        fields={fields}
        problems={problems.thresholds ? { thresholds: problems.thresholds } : {}}
        set={(change) => setFields({ ...fields, ...change })}
      />
    </ActDialog>
  )
}

function useEditable(): Editable<Standard, StandardFields> {
  const { w } = useSchemeWords()
  return {
    fieldsOf,
    problemsOf: (fields) => problemsOf(fields, w),
    read: readStandard,
    async send({ id, version }, _before, fields) {
      const saved = await ask(
        changeStandard,
        { params: { standardId: id }, body: bodyOf(fields) },
        { version },
      )
      await readAgain(listStandards, readScheme)
      return saved
    },
    fieldOf,
    inputOf: (field) => `standard-${inputs[field as StandardField] ?? field}`,
  }
}

const inputs: Partial<Record<StandardField, string>> = { pointClass: 'class', dueClass: 'due' }

/** Changes a standard of a draft. */
export function EditStandard(props: { scheme: Scheme; standard: Standard; close: () => void }) {
  const { scheme, standard, close } = props
  const { r } = useSchemeWords()
  const labels = useStandardLabels()
  const show = useShowStandardField(scheme)
  const editing = useEditing(standard, useEditable(), close)
  return (
    <EditDialog
      title={r.editStandard}
      first="standard-code"
      editing={editing}
      label={(field) => labels[field as StandardField]}
      show={show}
      close={close}
    >
      <StandardForm scheme={scheme} fields={editing.mine} problems={editing.problems} set={editing.set} />
    </EditDialog>
  )
}
