import { Select } from 'antd'
import type { ReactNode } from 'react'
import { heldKinds } from '#modules/grid/words.ts'
import type { ZoneSplitPreview } from '../api/operations.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText } from '../core/time.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { Field } from '../ui/office/field.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useWords } from '../words/index.ts'
import { useGridWords } from './words.ts'

/** Where things go, as far as somebody said so. A value: answering makes another one. */
export class Answers {
  readonly #of: ReadonlyMap<string, number[]>
  readonly rest: number | undefined

  constructor(of: ReadonlyMap<string, number[]> = new Map(), rest?: number) {
    this.#of = of
    this.rest = rest
  }

  with(id: string, parts: number[]): Answers {
    return new Answers(new Map([...this.#of, [id, parts]]), this.rest)
  }

  withRest(rest: number | undefined): Answers {
    return new Answers(this.#of, rest)
  }

  body() {
    const answers = [...this.#of]
      .filter(([, parts]) => parts.length > 0)
      .map(([id, parts]) => ({ id, parts }))
    return { answers, ...(this.rest === undefined ? {} : { rest: this.rest }) }
  }
}

type Thing = ZoneSplitPreview['things'][number]

interface Props {
  seen: ZoneSplitPreview
  /** The names of the parts. */
  names: readonly string[]
  answers: Answers
  answer: (answers: Answers) => void
  /** What is done with it. */
  children: ReactNode
}

/** Everything that hangs on the zone, and the part that each goes to. */
export function SplitThings({ seen, names, answers, answer, children }: Props) {
  const { r, say } = useGridWords()
  const { language } = useWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const options = names.map((label, value) => ({ value, label }))
  const columns: Column<Thing>[] = [
    { key: 'kind', title: r.kind, cell: ({ kind }) => say(heldKinds[kind]) },
    {
      key: 'name',
      title: r.name,
      cell: ({ name, startsAt }) => (
        <>
          <Given>{name}</Given> {startsAt && momentText(startsAt, zone, language)}
        </>
      ),
      names: true,
    },
    {
      key: 'to',
      title: r.splitThings,
      cell: (thing) => (
        <span translate="no">
          {thing.kind === 'responsibility' ? (
            <Select
              mode="multiple"
              className="wide"
              aria-label={r.splitTo(thing.name)}
              options={options}
              placeholder={r.splitChoose}
              value={thing.parts}
              onChange={(parts: number[]) => answer(answers.with(thing.id, parts))}
            />
          ) : (
            <Select
              className="wide"
              aria-label={r.splitTo(thing.name)}
              options={options}
              placeholder={r.splitChoose}
              value={thing.parts[0]}
              onChange={(part: number) => answer(answers.with(thing.id, [part]))}
            />
          )}
        </span>
      ),
    },
  ]
  return (
    <Panel label={r.splitThings}>
      <div className="stack">
        <h2>{r.splitThings}</h2>
        {seen.things.length === 0 ? (
          <p>{r.splitNothing}</p>
        ) : (
          <>
            <Field optional label={r.splitRest} name="split-rest">
              <Select
                id="split-rest"
                options={options}
                placeholder={r.splitChoose}
                value={answers.rest}
                onChange={(rest: number) => answer(answers.withRest(rest))}
              />
            </Field>
            <DataTable caption={r.splitThings} columns={columns} rows={seen.things} keyOf={({ id }) => id} />
          </>
        )}
        <p role="status">{seen.open > 0 ? r.splitOpen(seen.open) : r.splitReady}</p>
        <p className="note warn">{r.splitFinal}</p>
        {children}
      </div>
    </Panel>
  )
}
