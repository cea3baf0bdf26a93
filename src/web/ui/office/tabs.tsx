import { NavLink } from 'react-router'

interface Props {
  label: string
  tabs: readonly { path: string; text: string }[]
}

/** The pages of an area beside each other. One alone needs no menu. */
export function Tabs({ label, tabs }: Props) {
  if (tabs.length < 2) return null
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ path, text }) => (
        <NavLink key={path} to={path}>
          {text}
        </NavLink>
      ))}
    </nav>
  )
}
