import { Button, Radio } from 'antd'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { SimulatedClock } from '../ui/plain/simulated-clock.tsx'
import { usePrintWords } from './words/index.ts'
import './print.css'

export type Paper = 'A4' | 'A3' | 'A1'

/** Width and height upright. In millimetres, because CSS has no name for A1. */
const millimetres: Record<Paper, [number, number]> = { A4: [210, 297], A3: [297, 420], A1: [594, 841] }

function sizeOf(paper: Paper, landscape: boolean): string {
  const [narrow, long] = millimetres[paper]
  return landscape ? `${long}mm ${narrow}mm` : `${narrow}mm ${long}mm`
}

interface Props {
  title: string
  /** The sizes it is made for; the first unless the address says another. */
  papers: readonly Paper[]
  landscape?: boolean
  children: (paper: Paper) => ReactNode
}

/** A page made for paper: what is above it is not printed, and the paper it is for is told to the printer. */
export function Sheet({ title, papers, landscape = false, children }: Props) {
  const { r, w, language } = usePrintWords()
  const [search, setSearch] = useSearchParams()
  const paper = papers.find((each) => each === search.get('paper')) ?? papers[0] ?? 'A4'
  return (
    <main id="content" className={`printed ${paper}${landscape ? ' landscape' : ''}`}>
      <title>{`${title} · ${w.brand}`}</title>
      <style>{`@page { size: ${sizeOf(paper, landscape)}; margin: 12mm }`}</style>
      <SimulatedClock className="rehearsal" language={language} text={w.simulated} />
      <div className="onscreen">
        <span>{r.hint}</span>
        {papers.length > 1 && (
          <Radio.Group
            name="paper"
            aria-label={r.paper}
            value={paper}
            onChange={({ target }) => setSearch({ paper: target.value }, { replace: true })}
          >
            {papers.map((each) => (
              <Radio key={each} value={each}>
                <span translate="no">{each}</span>
              </Radio>
            ))}
          </Radio.Group>
        )}
        <Button type="primary" onClick={() => window.print()}>
          {r.print}
        </Button>
      </div>
      {children(paper)}
    </main>
  )
}
