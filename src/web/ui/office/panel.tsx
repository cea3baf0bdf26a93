import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../../words/index.ts'
import { Boundary } from '../plain/boundary.tsx'

/** A part of a page that may fail by itself: the rest stays as it is. */
export function Panel({ label, aside, children }: { label: string; aside?: boolean; children: ReactNode }) {
  const { w } = useWords()
  const Element = aside ? 'aside' : 'section'
  return (
    <Element className="panel padded" aria-label={label}>
      <Boundary
        instead={(again) => (
          <div className="note bad" role="alert">
            <p>{w.failure.part}</p>
            <p>
              <Button onClick={again}>{w.common.retry}</Button>
            </p>
          </div>
        )}
      >
        {children}
      </Boundary>
    </Element>
  )
}
