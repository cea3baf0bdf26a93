import { Link, useLocation } from 'react-router'

interface Tab {
  path: string
  text: string
  /** The address itself, where it is the beginning of those of the others. */
  only?: boolean
  /** Where the pages below it are, if elsewhere. */
  below?: string
}

/** Whether a tab is that of the page at an address: the page itself, or one below it. */
function isCurrent({ path, only = false, below = path }: Tab, address: string): boolean {
  if (address === path || address.startsWith(`${below}/`)) return !only || below !== path || address === path
  return false
}

interface Props {
  label: string
  tabs: readonly Tab[]
}

/** The pages of an area beside each other. One alone needs no menu. */
export function Tabs({ label, tabs }: Props) {
  const { pathname } = useLocation()
  if (tabs.length < 2) return null
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.path} to={tab.path} aria-current={isCurrent(tab, pathname) ? 'page' : undefined}>
          {tab.text}
        </Link>
      ))}
    </nav>
  )
}
