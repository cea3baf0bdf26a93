import { useState } from 'react'
import { useNavigate } from 'react-router'
import {
  closeScheme,
  copyScheme,
  createScheme,
  listSchemes,
  listStandards,
  publishScheme,
  readScheme,
  reopenScheme,
  type Scheme,
} from '../../api/operations.ts'
import { ask, newKey } from '../../core/ask.ts'
import { keptKeys } from '../../core/draft.ts'
import { readAgain, useAsk } from '../../core/query.ts'
import { UnitSelect } from '../../organisation/choose.tsx'
import { paths } from '../../paths.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Field } from '../../ui/office/field.tsx'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { useSchemeWords } from '../words/index.ts'
import { keepScheme } from './keep-scheme.ts'
import { bodyOf, newScheme, problemsOf } from './scheme-fields.ts'
import { SchemeForm } from './scheme-form.tsx'

/** Reads again what a dialog is about, where somebody else was faster. */
const again = () => readAgain(readScheme, listStandards)

/** Begins a scheme, for the unit that issues it. */
export function NewScheme({ close }: { close: () => void }) {
  const { r, w } = useSchemeWords()
  const navigate = useNavigate()
  const [fields, setFields] = useState(newScheme)
  const [unitId, setUnitId] = useState<string | null>(null)
  const [keyFor] = useState(() => keptKeys(newKey))
  const problems = problemsOf(fields, w, r)
  return (
    <ActDialog
      title={r.new}
      confirm={r.create}
      first="scheme-name"
      ready={unitId !== null && Object.keys(problems).length === 0}
      close={close}
      act={async () => {
        const body = { ...bodyOf(fields), issuerUnitId: unitId ?? '' }
        const { id } = await ask(createScheme, { body }, { key: keyFor(body) })
        await readAgain(listSchemes)
        setTimeout(() => void navigate(paths.scheme(id)))
        return { text: r.created(body.name) }
      }}
    >
      <SchemeForm
        fields={fields}
        problems={problems.indicators ? { indicators: problems.indicators } : {}}
        set={(change) => setFields({ ...fields, ...change })}
      />
      <Field label={r.issuer} name="scheme-issuer">
        <UnitSelect id="scheme-issuer" label={r.issuer} value={unitId} onChange={setUnitId} />
      </Field>
    </ActDialog>
  )
}

/** Publishes a scheme, after saying what it would be refused for and what can no longer be mended. */
export function PublishScheme({ scheme, close }: { scheme: Scheme; close: () => void }) {
  const { r } = useSchemeWords()
  const params = { schemeId: scheme.id }
  const unled = useAsk(listStandards, { params, query: { lead: 'none', limit: 1 } })
  const several = useAsk(listStandards, { params, query: { lead: 'several', limit: 1 } })
  const some = (found: { data?: { items: unknown[] } | undefined }) => (found.data?.items.length ?? 0) > 0
  const empty = scheme.standards === 0
  return (
    <ActDialog
      title={r.publish}
      confirm={r.publish}
      ready={!empty}
      close={close}
      again={again}
      act={async () => {
        keepScheme(await ask(publishScheme, { params }, { version: scheme.version }))
        return { text: r.published }
      }}
    >
      {empty ? <p className="note bad">{r.publishEmpty}</p> : <p>{r.publishLead(scheme.standards)}</p>}
      {some(unled) && (
        <div className="note warn">
          <p>{r.unledLead}</p>
          <LinkButton to={`${paths.matrix(scheme.id)}?lead=none`} text={r.showThem} />
        </div>
      )}
      {some(several) && (
        <div className="note warn">
          <p>{r.severalLead}</p>
          <LinkButton to={`${paths.matrix(scheme.id)}?lead=several`} text={r.showThem} />
        </div>
      )}
    </ActDialog>
  )
}

/** Begins the next edition, a copy. */
export function CopyScheme({ scheme, close }: { scheme: Scheme; close: () => void }) {
  const { r } = useSchemeWords()
  const navigate = useNavigate()
  return (
    <ActDialog
      ready
      title={r.copy}
      confirm={r.copy}
      close={close}
      again={again}
      act={async () => {
        const { id, edition } = await ask(copyScheme, { params: { schemeId: scheme.id } })
        await readAgain(listSchemes)
        setTimeout(() => void navigate(paths.scheme(id)))
        return { text: r.copied(edition) }
      }}
    >
      <p>{r.copyLead(scheme.edition, scheme.standards)}</p>
    </ActDialog>
  )
}

/** Takes a published scheme out of use, or back into it; the bar has the way back. */
export function CloseScheme({ scheme, close }: { scheme: Scheme; close: () => void }) {
  const { r } = useSchemeWords()
  const closed = scheme.state === 'closed'
  const become = async (closing: boolean, version: number) => {
    const params = { schemeId: scheme.id }
    const saved = await ask(closing ? closeScheme : reopenScheme, { params }, { version })
    keepScheme(saved)
    return saved.version
  }
  const said = (closing: boolean) => (closing ? r.closedDone : r.reopenedDone)
  return (
    <ActDialog
      ready
      danger={!closed}
      title={closed ? r.reopen : r.close}
      confirm={closed ? r.reopen : r.close}
      close={close}
      again={again}
      act={async () => {
        const version = await become(!closed, scheme.version)
        const undo = async () => {
          await become(closed, version)
          return said(closed)
        }
        return { text: said(!closed), undo }
      }}
    >
      <p>{closed ? r.reopenLead : r.closeLead}</p>
    </ActDialog>
  )
}
