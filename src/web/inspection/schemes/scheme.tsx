import { Button } from 'antd'
import { Link, useParams } from 'react-router'
import { schemeMethods, schemeStates } from '#modules/inspection/words.ts'
import { readScheme, type Scheme } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { momentText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { TemplateButton } from '../../imports/template-button.tsx'
import { paths } from '../../paths.ts'
import { useDialog } from '../../ui/office/dialogs.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Arriving } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { Code } from '../code.tsx'
import { InspectionPage, useMay } from '../page.tsx'
import { useSchemeWords } from '../words/index.ts'
import { EditScheme } from './edit-scheme.tsx'
import { CloseScheme, CopyScheme, PublishScheme } from './scheme-dialogs.tsx'
import { Standards } from './standards.tsx'

/** Which standards does this edition have, and who answers for them? */
export function Component() {
  const { r } = useSchemeWords()
  const { schemeId = '' } = useParams()
  const found = useAsk(readScheme, { params: { schemeId } })
  const scheme = found.data?.id === schemeId ? found.data : undefined
  const { act, open, close } = useDialog(['edit', 'publish', 'copy', 'closure'])
  return (
    <InspectionPage
      title={scheme?.name ?? r.scheme}
      given={scheme !== undefined}
      question={r.schemeQuestion}
      trail={<Link to={paths.schemes()}>{r.title}</Link>}
      acts={scheme && <Acts scheme={scheme} open={open} />}
    >
      {scheme ? (
        <>
          <About scheme={scheme} />
          <Standards scheme={scheme} />
        </>
      ) : (
        <Arriving found={found} />
      )}
      {scheme && act === 'edit' && <EditScheme scheme={scheme} close={close} />}
      {scheme && act === 'publish' && <PublishScheme scheme={scheme} close={close} />}
      {scheme && act === 'copy' && <CopyScheme scheme={scheme} close={close} />}
      {scheme && act === 'closure' && <CloseScheme scheme={scheme} close={close} />}
    </InspectionPage>
  )
}

type Act = 'edit' | 'publish' | 'copy' | 'closure'

function Acts({ scheme, open }: { scheme: Scheme; open: (act: Act) => void }) {
  const { r } = useSchemeWords()
  const mayImport = useMay('imports.run')
  const { allowed, state } = scheme
  return (
    <>
      {allowed.close && (
        <Button danger={state !== 'closed'} onClick={() => open('closure')}>
          {state === 'closed' ? r.reopen : r.close}
        </Button>
      )}
      <LinkButton to={paths.matrix(scheme.id)} text={r.matrix} />
      {allowed.edit && mayImport && <TemplateButton kind="standards" text={r.template} />}
      {allowed.edit && mayImport && <LinkButton to={paths.newImport()} text={r.import} />}
      {allowed.edit && <Button onClick={() => open('edit')}>{r.edit}</Button>}
      {allowed.copy && state !== 'draft' && <Button onClick={() => open('copy')}>{r.copy}</Button>}
      {allowed.publish && (
        <Button type="primary" onClick={() => open('publish')}>
          {r.publish}
        </Button>
      )}
    </>
  )
}

function About({ scheme }: { scheme: Scheme }) {
  const { r, say, language } = useSchemeWords()
  const facts: [string, React.ReactNode][] = [
    [r.edition, r.editionOf(scheme.edition)],
    [r.state, say(schemeStates[scheme.state])],
    [r.issuer, <Given key="issuer">{scheme.issuer.name}</Given>],
    [r.method, say(schemeMethods[scheme.method])],
    [r.scale, scheme.scale],
    [r.publishedAt, scheme.publishedAt ? momentText(scheme.publishedAt, cityZone(), language) : r.none],
  ]
  return (
    <Panel label={r.about}>
      <dl className="inspection-facts">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {scheme.indicators.length > 0 && (
        <p>
          {r.indicators}
          {scheme.indicators.map(({ code, name }) => (
            <span key={code} className="inspection-chip">
              <Code>{code}</Code> <Given>{name}</Given>
            </span>
          ))}
        </p>
      )}
      <p className="soft">
        {scheme.state === 'draft' ? !scheme.allowed.edit && r.readOnly : r.frozen}{' '}
        <Link to={`${paths.schemes()}?seriesId=${scheme.seriesId}`}>{r.editions}</Link>
      </p>
    </Panel>
  )
}
