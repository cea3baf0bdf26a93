/** The parts that the phone's pages are made of. */
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { isRefusal, Refused } from '../core/refused.ts'
import { Given } from '../ui/plain/given.tsx'
import type { Reading } from './reading.ts'
import { troubleText, useWords } from './words/index.ts'

interface PageProps {
  title: string
  /** The title is a name that people gave. */
  given?: boolean
  /** What stands below the title. */
  lead?: ReactNode
  children: ReactNode
}

/** A page: its title takes the focus when it is opened, so that whoever listens hears where they are. */
export function Page({ title, given, lead, children }: PageProps) {
  const { w } = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · ${w.brand}`
    heading.current?.focus({ preventScroll: true })
  }, [title, w])
  return (
    <main id="content">
      <h1 ref={heading} tabIndex={-1}>
        {given ? <Given>{title}</Given> : title}
      </h1>
      {lead && <p className="lead">{lead}</p>}
      {children}
    </main>
  )
}

/** Stands where something will be, when it takes longer than a moment. */
function Skeleton() {
  const { w } = useWords()
  return (
    <div className="skeleton" role="status" aria-label={w.common.loading}>
      <i />
      <i />
      <i />
    </div>
  )
}

/** Something is on its way. */
export function Loading() {
  const { w } = useWords()
  return (
    <p className="empty" role="status">
      {w.common.loading}
    </p>
  )
}

export function Empty({ text }: { text: string }) {
  return <p className="empty">{text}</p>
}

export function Trouble({ error, again }: { error: unknown; again?: () => void }) {
  const speech = useWords()
  const { w } = speech
  return (
    <div className="note bad" role="alert">
      <p>{troubleText(error, speech)}</p>
      {error instanceof Refused && (
        <details>
          <summary>{w.common.technical}</summary>
          <span translate="no" lang="en">
            {[error.problem.code, error.problem.requestId].filter(Boolean).join(' · ')}
          </span>
        </details>
      )}
      {again && !isRefusal(error, 404) && <Button onPress={again}>{w.common.retry}</Button>}
    </div>
  )
}

/** What was read, once it is there; what was read before stays when reading again fails, and says so. */
export function Shown<T>({ of, children }: { of: Reading<T>; children: (data: T) => ReactNode }) {
  const { w } = useWords()
  const again = () => void of.again()
  if (of.data === undefined) return of.error ? <Trouble error={of.error} again={again} /> : <Skeleton />
  return (
    <>
      {of.error !== undefined && (
        <p className="note warn" role="status">
          {w.failure.asOf}
        </p>
      )}
      {children(of.data)}
    </>
  )
}

interface ButtonProps {
  children: ReactNode
  onPress: () => unknown
  kind?: 'primary' | 'danger'
  pressed?: boolean
  busy?: boolean
  /** The id of whose name it is about: read out before what the button says. */
  of?: string
}

export function Button({ children, onPress, kind, pressed, busy, of }: ButtonProps) {
  const id = useId()
  return (
    <button
      type="button"
      className={kind}
      aria-pressed={pressed}
      {...(of ? { id, 'aria-labelledby': `${of} ${id}` } : {})}
      aria-disabled={busy}
      onClick={() => {
        if (!busy) onPress()
      }}
    >
      {children}
    </button>
  )
}

interface Doing {
  busy: boolean
  error: unknown
  run(work: () => Promise<unknown>): Promise<void>
}

/** One thing that is done at a time, and what came in its way: whoever presses twice wants it once. */
export function useDoing(): Doing {
  const [{ busy, error }, set] = useState<{ busy: boolean; error?: unknown }>({ busy: false })
  return {
    busy,
    error,
    async run(work) {
      if (busy) return
      set({ busy: true })
      try {
        await work()
        set({ busy: false })
      } catch (failed) {
        set({ busy: false, error: failed })
      }
    },
  }
}

/** What is done one after another, as it was asked for: of files that are chosen while others are taken in, none is left out. */
export function useQueue(): Doing {
  const last = useRef(Promise.resolve())
  const [{ waiting, error }, set] = useState<{ waiting: number; error?: unknown }>({ waiting: 0 })
  return {
    busy: waiting > 0,
    error,
    run(work) {
      set((now) => ({ waiting: now.waiting + 1 }))
      const done = last.current.then(work).then(
        () => set((now) => ({ ...now, waiting: now.waiting - 1 })),
        (failed: unknown) => set((now) => ({ waiting: now.waiting - 1, error: failed })),
      )
      last.current = done
      return done
    },
  }
}

/** A field with its label, and what is wrong with it. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  label: string
  hint?: string
  error?: string | undefined
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label className="field">
      <span>{label}</span>
      {children}
      {hint && <small>{hint}</small>}
      {error && (
        <small className="wrong" role="alert">
          {error}
        </small>
      )}
    </label>
  )
}
