import type { WholeCase } from '../../api/operations.ts'
import { Panel } from '../../ui/office/panel.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { PictureList } from '../picture-list.tsx'
import { useCaseWords } from './words/index.ts'

/** What was found beside what the unit shows, as large as the page allows. */
export function BeforeAfter({ of }: { of: WholeCase }) {
  const { r } = useCaseWords()
  return (
    <Panel label={r.pair}>
      <div className="before-after">
        <section aria-label={r.before}>
          <h2>{r.before}</h2>
          {of.before.length === 0 && of.awaited === 0 && <p className="soft">{r.noBefore}</p>}
          {of.awaited > 0 && <p className="warn">! {r.awaited(of.awaited)}</p>}
          <PictureList large pictures={of.before} of={r.before} />
          {of.notes.length > 0 && (
            <>
              <h3>{r.notes}</h3>
              {of.notes.map((note) => (
                <p key={note}>
                  <Given>{note}</Given>
                </p>
              ))}
            </>
          )}
        </section>
        <section aria-label={r.after}>
          <h2>{r.after}</h2>
          {of.after.length === 0 && <p className="soft">{r.noAfter}</p>}
          <PictureList large pictures={of.after} of={r.after} />
        </section>
      </div>
    </Panel>
  )
}
