import { useState } from 'react'
import { bringTogether, type Conflict, changedFields, type Fields } from '../../core/draft.ts'
import { isRefusal, Refused } from '../../core/refused.ts'
import { useWords } from '../../words/index.ts'
import { refusalText } from '../../words/refusals.ts'
import { tellDone } from './undo-bar.tsx'

export type FieldOf<F> = keyof F & string
export type Problems<F> = Partial<Record<FieldOf<F>, string>>

/** How one kind of thing is edited: what its fields are, and how they are read and sent. */
export interface Editable<T extends { version: number }, F extends Fields> {
  fieldsOf(thing: T): F
  /** What is wrong before anything is sent; the service has the last word. */
  problemsOf(fields: F): Problems<F>
  read(thing: T): Promise<T>
  /** Sends what differs from `before`, naming the version of `from`. Whoever looks at the thing sees the answer. */
  send(from: T, before: F, fields: F): Promise<T>
  /** The field a refusal is about, where it is about one. */
  fieldOf(refused: Refused): FieldOf<F> | undefined
  /** The id of the input of a field. */
  inputOf(field: FieldOf<F>): string
}

interface Clash<T, F extends Fields> {
  theirs: T
  conflicts: Conflict<F>[]
}

/** What a thing was when editing began, and what it is to become. */
function useDraft<T extends { version: number }, F extends Fields>(
  thing: T,
  { fieldsOf }: Editable<T, F>,
  busy: boolean,
) {
  const [base, setBase] = useState(thing)
  const [mine, setMine] = useState(() => fieldsOf(thing))
  const [problems, setProblems] = useState<Problems<F>>({})
  const dirty = changedFields(fieldsOf(base), mine).length > 0
  const begin = (from: T) => {
    setBase(from)
    setMine(fieldsOf(from))
  }
  // Somebody else saved, and nothing is typed here: show theirs.
  if (thing.version > base.version && !dirty && !busy) begin(thing)
  return {
    base,
    mine,
    problems,
    dirty,
    begin,
    setMine,
    setProblems,
    set(change: Partial<F>) {
      setMine({ ...mine, ...change })
      const still = Object.entries(problems).filter(([field]) => !(field in change))
      setProblems(Object.fromEntries(still) as Problems<F>)
    },
  }
}

/**
 * One thing being edited, and how it is saved. Nothing typed is ever lost: what others saved meanwhile is brought together
 * with it, and where both changed a field, asked.
 * @param done is told when it is saved: a dialog closes
 */
export function useEditing<T extends { version: number }, F extends Fields>(
  thing: T,
  editable: Editable<T, F>,
  done?: () => void,
) {
  const speech = useWords()
  const { saving } = speech.w
  const { fieldsOf } = editable
  const [error, setError] = useState<unknown>()
  const [clash, setClash] = useState<Clash<T, F>>()
  const [busy, setBusy] = useState(false)
  const draft = useDraft(thing, editable, busy)

  /** Saves what differs, and says so with the way back. @throws Refused, Unreachable */
  const send = async (from: T, fields: F): Promise<T> => {
    const before = fieldsOf(from)
    const saved = await editable.send(from, before, fields)
    const changed = changedFields(before, fields).length
    tellDone({ text: saving.saved(changed), undo: () => putBack(saved, before) })
    return saved
  }

  /** Puts a change back. @returns what to say then */
  const putBack = async (saved: T, before: F): Promise<string> => {
    try {
      await editable.send(saved, fieldsOf(saved), before)
      return saving.undone
    } catch (failed) {
      if (!isStale(failed)) throw failed
      await editable.read(saved)
      return saving.undoStale
    }
  }

  const save = async (from: T, fields: F): Promise<void> => {
    const found = editable.problemsOf(fields)
    const [first] = Object.keys(found) as FieldOf<F>[]
    draft.setProblems(found)
    setError(undefined)
    if (first) return document.getElementById(editable.inputOf(first))?.focus()
    setBusy(true)
    tellDone(undefined)
    try {
      draft.begin(await send(from, fields))
      done?.()
    } catch (failed) {
      if (isStale(failed)) await joinTheirs(from, fields).catch(explain)
      else explain(failed)
    }
    setBusy(false)
  }

  const joinTheirs = async (from: T, fields: F): Promise<void> => {
    const theirs = await editable.read(from)
    const { merged, conflicts } = bringTogether(fieldsOf(from), fields, fieldsOf(theirs))
    draft.setMine(merged)
    if (conflicts.length > 0) setClash({ theirs, conflicts })
    else await save(theirs, merged)
  }

  const explain = (failed: unknown): void => {
    const field = failed instanceof Refused ? editable.fieldOf(failed) : undefined
    if (field) draft.setProblems({ [field]: refusalText(failed as Refused, speech) } as Problems<F>)
    else setError(failed)
  }

  return {
    ...draft,
    busy,
    error,
    clash,
    reset() {
      draft.begin(draft.base)
      draft.setProblems({})
      setError(undefined)
    },
    save: () => save(draft.base, draft.mine),
    /** Saves over what the others saved, with these of the fields that both changed. */
    async keep(chosen: Partial<F>) {
      if (!clash) return
      setClash(undefined)
      const fields = { ...draft.mine, ...chosen }
      draft.setMine(fields)
      await save(clash.theirs, fields)
    },
    review: () => setClash(undefined),
  }
}

/** Whether a refusal means that somebody else saved in the meantime. */
const isStale = (error: unknown): boolean => isRefusal(error, 412)
