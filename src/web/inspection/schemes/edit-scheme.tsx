import { type SchemeMethod, schemeMethods } from '#modules/inspection/words.ts'
import { changeScheme, readScheme, type Scheme } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { EditDialog } from '../../ui/office/edit-dialog.tsx'
import { type Editable, useEditing } from '../../ui/office/editing.ts'
import { Given } from '../../ui/plain/given.tsx'
import { useSchemeWords } from '../words/index.ts'
import { keepScheme } from './keep-scheme.ts'
import {
  bodyOf,
  fieldOf,
  fieldsOf,
  problemsOf,
  type SchemeField,
  type SchemeFields,
} from './scheme-fields.ts'
import { SchemeForm } from './scheme-form.tsx'

function useEditable(): Editable<Scheme, SchemeFields> {
  const { r, w } = useSchemeWords()
  return {
    fieldsOf,
    problemsOf: (fields) => problemsOf(fields, w, r),
    async read({ id }) {
      const scheme = await ask(readScheme, { params: { schemeId: id } })
      keepScheme(scheme)
      return scheme
    },
    async send({ id, version }, _before, fields) {
      const saved = await ask(changeScheme, { params: { schemeId: id }, body: bodyOf(fields) }, { version })
      keepScheme(saved)
      return saved
    },
    fieldOf,
    inputOf: (field) => `scheme-${field}`,
  }
}

/** Changes a scheme that is not published. */
export function EditScheme({ scheme, close }: { scheme: Scheme; close: () => void }) {
  const { r, say } = useSchemeWords()
  const editing = useEditing(scheme, useEditable(), close)
  const { name, method, scale, indicators } = r
  const labels: Record<SchemeField, string> = { name, method, scale, indicators }
  return (
    <EditDialog
      title={r.editScheme}
      first="scheme-name"
      editing={editing}
      label={(field) => labels[field as SchemeField]}
      show={(field, value) =>
        field === 'method' ? say(schemeMethods[value as SchemeMethod]) : <Given>{String(value ?? '')}</Given>
      }
      close={close}
    >
      <SchemeForm fields={editing.mine} problems={editing.problems} set={editing.set} />
    </EditDialog>
  )
}
