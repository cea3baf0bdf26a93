import { type FirstStep, firstSteps } from '#modules/desk/words.ts'
import { readFirstSteps } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { paths } from '../paths.ts'
import { LinkButton } from '../ui/office/link-button.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { useWords } from '../words/index.ts'

const pageOf: Record<FirstStep, string> = {
  units: paths.newImport(),
  people: paths.newImport(),
  zones: paths.zones(),
  colleagues: paths.inviteMany(),
  event: paths.newEvent(),
}

/** What comes first where there is nothing yet: steps that the service knows to be done or not. Gone once all are. */
export function FirstRun() {
  const { w, say } = useWords()
  const { home: h } = w
  const found = useAsk(readFirstSteps, {})
  if (!found.data || found.data.complete) return null
  const next = found.data.steps.find(({ done }) => !done)
  return (
    <Panel label={h.firstRun}>
      <h2>{h.firstRun}</h2>
      <p className="soft">{h.firstRunLead}</p>
      <ol className="first">
        {found.data.steps.map(({ step, done }) => (
          <li key={step}>
            <div>
              <strong>{say(firstSteps[step])}</strong>
              <div className="soft">{h.firstWhy[step]}</div>
            </div>
            {done ? (
              <span className="state good">✓ {h.firstDone}</span>
            ) : (
              <LinkButton primary={step === next?.step} to={pageOf[step]} text={h.firstGo[step]} />
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
