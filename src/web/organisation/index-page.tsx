import { Navigate } from 'react-router'
import { paths } from '../paths.ts'
import { usePeopleParts } from './people-sections.tsx'

/** The first part of the area that the reader may see. */
export function Component() {
  const [first] = usePeopleParts()
  return <Navigate replace to={first?.to ?? paths.events()} />
}
