import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useNavigate } from 'react-router'
import { newKey } from '../../core/ask.ts'
import { type Fields, keptKeys, same } from '../../core/draft.ts'
import { Refused } from '../../core/refused.ts'
import { useWords } from '../../words/index.ts'
import { refusalText } from '../../words/refusals.ts'
import type { FieldOf, Problems } from './editing.ts'
import { useGoOn } from './go-on.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { Trouble } from './page.tsx'
import { tellDone } from './undo-bar.tsx'

/** How one kind of thing is made: with what its form begins, what is wrong with it, and how it is sent. */
export interface Makable<F extends Fields> {
  begun: F
  /** What is wrong before anything is sent; the service has the last word. */
  problemsOf(fields: F): Problems<F>
  /** Makes it, once for the same body. Resolves to what to say, and to the page that goes on from here. */
  make(fields: F, keyFor: (body: unknown) => string): Promise<{ text: string; to: string }>
  /** The field a refusal is about, where it is about one. */
  fieldOf(refused: Refused): FieldOf<F> | undefined
  /** The id of the input of a field. */
  inputOf(field: FieldOf<F>): string
}

/** A form for something new: nothing typed is lost, and it is made once however often it is sent. */
export function useMaking<F extends Fields>({ begun, ...how }: Makable<F>) {
  const speech = useWords()
  const [first] = useState(begun)
  const [fields, setFields] = useState(first)
  const [problems, setProblems] = useState<Problems<F>>({})
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [keyFor] = useState(() => keptKeys(newKey))
  const { gone, goOn } = useGoOn()

  const make = async (made: F = fields) => {
    const found = how.problemsOf(made)
    const [wrong] = Object.keys(found) as FieldOf<F>[]
    setProblems(found)
    setError(undefined)
    if (wrong) return document.getElementById(how.inputOf(wrong))?.focus()
    setBusy(true)
    try {
      const { text, to } = await how.make(made, keyFor)
      tellDone({ text })
      goOn(to)
    } catch (failed) {
      const field = failed instanceof Refused ? how.fieldOf(failed) : undefined
      if (field) setProblems({ [field]: refusalText(failed as Refused, speech) } as Problems<F>)
      else setError(failed)
    }
    setBusy(false)
  }

  return {
    ...{ fields, problems, error, busy, make },
    dirty: !gone && !same(fields, first),
    set(change: Partial<F>) {
      setFields({ ...fields, ...change })
      const still = Object.entries(problems).filter(([field]) => !(field in change))
      setProblems(Object.fromEntries(still) as Problems<F>)
    },
  }
}

interface Props<F extends Fields> {
  making: ReturnType<typeof useMaking<F>>
  /** What the button says. */
  create: string
  /** Where one came from. */
  from: string
  /** What the service said, where the form has something to answer. */
  refused?: ReactNode
  children: ReactNode
}

/** The form of something new: its fields, and the one button that makes it. */
export function MakeForm<F extends Fields>({ making, create, from, refused, children }: Props<F>) {
  const { w } = useWords()
  const navigate = useNavigate()
  return (
    <form
      className="panel padded"
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault()
        void making.make()
      }}
    >
      {making.error !== undefined && <Trouble error={making.error}>{refused}</Trouble>}
      {children}
      <div className="formfoot">
        <Button type="primary" htmlType="submit" loading={making.busy}>
          {create}
        </Button>
        <Button onClick={() => void navigate(from)}>{w.common.cancel}</Button>
      </div>
      <LeaveGuard dirty={making.dirty} />
    </form>
  )
}
