import { NavLink } from 'react-router'

interface Props {
  label: string
  /** `only`: the address itself, where it is the beginning of those of the others. */
  tabs: readonly { path: string; text: string; only?: boolean }[]
}

/** The pages of an area beside each other. One alone needs no menu. */
export function Tabs({ label, tabs }: Props) {
  if (tabs.length < 2) return null
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ path, text, only = false }) => (
        <NavLink key={path} to={path} end={only}>
          {text}
        </NavLink>
      ))}
    </nav>
  )
}
