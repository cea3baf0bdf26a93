import { NavLink } from 'react-router'

export interface Section {
  to: string
  text: string
  /** Whether only this address is in it, and none below it. */
  end?: boolean
}

/** The parts of an area, above the title of each of its lists. */
export function Sections({ label, sections }: { label: string; sections: readonly Section[] }) {
  return (
    <nav className="sections" aria-label={label}>
      <ul>
        {sections.map(({ to, text, end = false }) => (
          <li key={to}>
            <NavLink to={to} end={end}>
              {text}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
