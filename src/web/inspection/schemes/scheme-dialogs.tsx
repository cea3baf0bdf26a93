import { Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { type SchemeMethod, schemeMethods } from '#modules/inspection/words.ts'
import {
  changeScheme,
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
import { ask } from '../../core/ask.ts'
import { queries, queryKey, readAgain, useAsk } from '../../core/query.ts'
import { UnitSelect } from '../../organisation/choose.tsx'
import { paths } from '../../paths.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Choice } from '../../ui/office/choice.tsx'
import { Field } from '../../ui/office/field.tsx'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { optionsOf } from '../options.ts'
import { useSchemeWords } from '../words/index.ts'
import { indicatorsIn, textOfIndicators } from './indicators.ts'

/** The scheme as it is now, for whoever looks at it or at the list. */
function keepScheme(scheme: Scheme): void {
  queries.setQueryData(queryKey(readScheme, { params: { schemeId: scheme.id } }), scheme)
  void readAgain(listSchemes)
}

/** Begins a scheme, for the unit that issues it. */
export function NewScheme({ close }: { close: () => void }) {
  const { r } = useSchemeWords()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [unitId, setUnitId] = useState<string | null>(null)
  const about = useAbout()
  return (
    <ActDialog
      title={r.new}
      confirm={r.create}
      first="scheme-name"
      ready={name.trim() !== '' && unitId !== null && about.body !== undefined}
      close={close}
      act={async () => {
        const body = { name: name.trim(), issuerUnitId: unitId ?? '', ...about.body }
        const { id } = await ask(createScheme, { body })
        await readAgain(listSchemes)
        setTimeout(() => void navigate(paths.scheme(id)))
        return { text: r.created(body.name) }
      }}
    >
      <NameField name={name} setName={setName} />
      <Field label={r.issuer} name="scheme-issuer">
        <UnitSelect id="scheme-issuer" label={r.issuer} value={unitId} onChange={setUnitId} />
      </Field>
      <AboutFields about={about} />
    </ActDialog>
  )
}

/** Changes a scheme that is not published. */
export function EditScheme({ scheme, close }: { scheme: Scheme; close: () => void }) {
  const { r } = useSchemeWords()
  const [name, setName] = useState(scheme.name)
  const about = useAbout(scheme)
  return (
    <ActDialog
      title={r.editScheme}
      confirm={r.save}
      first="scheme-name"
      ready={name.trim() !== '' && about.body !== undefined}
      close={close}
      act={async () => {
        const body = { name: name.trim(), ...about.body }
        const { id: schemeId, version } = scheme
        keepScheme(await ask(changeScheme, { params: { schemeId }, body }, { version }))
        return { text: r.saved }
      }}
    >
      <NameField name={name} setName={setName} />
      <AboutFields about={about} />
    </ActDialog>
  )
}

function NameField({ name, setName }: { name: string; setName: (name: string) => void }) {
  const { r } = useSchemeWords()
  return (
    <Field label={r.name} name="scheme-name">
      <Input id="scheme-name" maxLength={100} value={name} onChange={({ target }) => setName(target.value)} />
    </Field>
  )
}

/** What a scheme says of scoring; `body` is absent while it cannot be sent. */
function useAbout(scheme?: Scheme) {
  const [method, setMethod] = useState<SchemeMethod>(scheme?.method ?? 'balanced')
  const [scale, setScale] = useState<number | null>(scheme?.scale ?? 100)
  const [indicators, setIndicators] = useState(textOfIndicators(scheme?.indicators ?? []))
  const read = indicatorsIn(indicators)
  return {
    ...{ method, setMethod, scale, setScale, indicators, setIndicators },
    wrongLine: Array.isArray(read) ? undefined : read.wrongLine,
    body: Array.isArray(read) && scale !== null ? { method, scale, indicators: read } : undefined,
  }
}

function AboutFields({ about }: { about: ReturnType<typeof useAbout> }) {
  const { r, say } = useSchemeWords()
  const { wrongLine } = about
  return (
    <>
      <Field label={r.method} name="scheme-method">
        <Choice
          id="scheme-method"
          label={r.method}
          all={r.method}
          options={optionsOf(schemeMethods, say)}
          value={about.method}
          onChange={(method) => about.setMethod((method ?? 'balanced') as SchemeMethod)}
        />
      </Field>
      <Field label={r.scale} name="scheme-scale">
        <InputNumber
          id="scheme-scale"
          min={1}
          max={10_000}
          precision={0}
          controls={false}
          value={about.scale}
          onChange={about.setScale}
        />
      </Field>
      <Field
        optional
        label={r.indicators}
        name="scheme-indicators"
        hint={r.indicatorsHint}
        wrong={wrongLine === undefined ? undefined : r.wrongIndicator(wrongLine)}
      >
        <Input.TextArea
          id="scheme-indicators"
          rows={5}
          value={about.indicators}
          onChange={({ target }) => about.setIndicators(target.value)}
        />
      </Field>
    </>
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
