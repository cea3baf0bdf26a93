/** The phone's five addresses need no router: where it is, how it goes elsewhere, and a link that does so without loading. */
import { type MouseEvent, type ReactNode, useSyncExternalStore } from 'react'

const moved = new Set<() => void>()
const tell = () => {
  for (const listener of moved) listener()
}
window.addEventListener('popstate', tell)

/** The path of the present page. */
export function usePath(): string {
  return useSyncExternalStore(
    (listener) => {
      moved.add(listener)
      return () => moved.delete(listener)
    },
    () => window.location.pathname,
  )
}

/** Opens a page; Back returns to this one. */
export function go(path: string): void {
  window.history.pushState(null, '', path)
  window.scrollTo(0, 0)
  tell()
}

interface LinkProps {
  to: string
  children: ReactNode
  className?: string
  /** The link of the page one is on. */
  current?: boolean
}

/** A link to another page of the phone. */
export function Link({ to, children, className, current }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    go(to)
  }
  return (
    <a href={to} className={className} aria-current={current ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  )
}
