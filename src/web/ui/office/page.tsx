import { Button } from 'antd'
import { type ReactNode, Suspense, useEffect, useRef } from 'react'
import { isRefusal, Refused } from '../../core/refused.ts'
import type { HelpOf } from '../../words/help-zh.ts'
import { useWords } from '../../words/index.ts'
import { troubleText } from '../../words/refusals.ts'
import { Help } from './help.tsx'

interface PageProps {
  title: ReactNode
  /** The same in plain text, for the window. */
  windowTitle: string
  /** The one question the page answers. */
  question: ReactNode
  /** Where the page belongs, above its title. */
  trail?: ReactNode
  /** The one primary action last. */
  acts?: ReactNode
  /** What the page is for and how it is used, in a few lines. */
  help?: HelpOf | undefined
  children: ReactNode
  /** For pages that are read line by line. */
  narrow?: boolean
}

/** A page: its question, its acts top right, and what answers it. The title takes the focus when the page is opened. */
export function Page({ title, windowTitle, question, trail, acts, help, children, narrow }: PageProps) {
  const { w } = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <main id="content" tabIndex={-1} className={narrow ? 'reading' : undefined}>
      <title>{`${windowTitle} · ${w.brand}`}</title>
      <div className="heading">
        <div>
          {trail && <div className="trail">{trail}</div>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <p>{question}</p>
          {help && <Help of={help} />}
        </div>
        <div className="acts">{acts}</div>
      </div>
      {/* A part whose words or code are still on their way takes the rest of the page away from nobody. */}
      <Suspense fallback={<Skeleton lines={6} />}>{children}</Suspense>
    </main>
  )
}

/** Stands where something will be, as high as it will be, when it takes longer than a moment. */
export function Skeleton({ lines }: { lines: number }) {
  const { w } = useWords()
  return (
    <div className="skeleton late" role="status" aria-label={w.common.loading}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines that are all alike
        <i key={line} />
      ))}
    </div>
  )
}

/** Why nothing is here, and the one thing to do about it. */
export function Empty({ text, act }: { text: string; act?: ReactNode }) {
  return (
    <div className="empty">
      <p>{text}</p>
      {act && <div>{act}</div>}
    </div>
  )
}

/** What went wrong, in place: what to do now, and for whoever helps the code and the request. */
export function Trouble({
  error,
  again,
  children,
}: {
  error: unknown
  again?: () => void
  children?: ReactNode
}) {
  const speech = useWords()
  const { w } = speech
  const refused = error instanceof Refused ? error : undefined
  return (
    <div className="note bad" role="alert">
      <p>{troubleText(error, speech)}</p>
      {children}
      {refused && (
        <details>
          <summary>{w.common.technical}</summary>
          <span translate="no" lang="en">
            {refused.problem.code}
          </span>
          {refused.problem.requestId && (
            <>
              {` · ${w.failure.request} `}
              <span translate="no">{refused.problem.requestId}</span>
            </>
          )}
        </details>
      )}
      {again && !isRefusal(error, 404) && !isRefusal(error, 403) && (
        <p>
          <Button onClick={again}>{w.common.retry}</Button>
        </p>
      )}
    </div>
  )
}

interface Arrival {
  isError: boolean
  error: unknown
  refetch: () => unknown
}

/** In place of the one thing of a page, which is on its way or did not come. */
export function Arriving({ found }: { found: Arrival }) {
  return (
    <div className="panel padded">
      {found.isError ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : (
        <Skeleton lines={10} />
      )}
    </div>
  )
}
