/** 待电话通知: whom no message reached, and whom one has called by now. */
import { markTold } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { Given } from '../../ui/plain/given.tsx'
import { Button, Trouble, useDoing } from '../parts.tsx'
import { useWords } from '../words/index.ts'
import type { Notice } from './team.ts'

export function CallList({ notices, again }: { notices: readonly Notice[]; again: () => Promise<void> }) {
  const { w } = useWords()
  const doing = useDoing()
  const told = (noticeId: string) =>
    void doing.run(async () => {
      await ask(markTold, { params: { noticeId } })
      await again()
    })
  return (
    <section>
      <h2>{w.people.unreached}</h2>
      {doing.error !== undefined && <Trouble error={doing.error} />}
      <ul className="people">
        {notices.map(({ id, person, kind, unreached }) => (
          <li key={id} className="card">
            <strong id={id}>
              <Given>{person.name}</Given>
            </strong>
            <p>
              {w.people.noticeKinds[kind]}
              {unreached && ` · ${w.people.why[unreached]}`}
            </p>
            <Button of={id} busy={doing.busy} onPress={() => told(id)}>
              {w.people.told}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
