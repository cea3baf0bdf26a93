import { Suspense, useState } from 'react'
import type { HelpOf, HelpWords } from '../../words/help-zh.ts'
import { useWords } from '../../words/index.ts'
import { lazily } from '../../words/lazily.ts'

const useHelp = lazily<HelpWords>({
  zh: async () => (await import('../../words/help-zh.ts')).helpZh,
  en: async () => (await import('../../words/help-en.ts')).helpEn,
})

/** Help in place: a few lines on the page that they are about, loaded when they are opened. */
export function Help({ of }: { of: HelpOf }) {
  const { w } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <details className="help" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{w.common.help}</summary>
      {open && (
        <Suspense>
          <Lines of={of} />
        </Suspense>
      )}
    </details>
  )
}

function Lines({ of }: { of: HelpOf }) {
  const help = useHelp()
  return (
    <ul className="dots">
      {help[of].map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
