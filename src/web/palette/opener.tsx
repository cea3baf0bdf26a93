import { Button } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import { whoIsSignedIn } from '../core/session.ts'
import { part } from '../core/version.ts'
import { useWords } from '../words/index.ts'

const Palette = lazy(() =>
  part(async () => ({ default: (await import('./palette.tsx')).Palette }), whoIsSignedIn),
)

/** The button in the head of every page, and the keys for it: Ctrl K, ⌘K. What it opens comes when it is first opened. */
export function PaletteOpener() {
  const { w } = useWords()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <Button type="text" aria-keyshortcuts="Control+K Meta+K" onClick={() => setOpen(true)}>
        {w.menu.find}
      </Button>
      {open && (
        <Suspense>
          <Palette close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
