import { Navigate } from 'react-router'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths } from '../paths.ts'
import { adminRoomsOf } from './rooms.ts'

/** The first page of the area that somebody has. */
export function Component() {
  const [first] = adminRoomsOf(useStore(me)?.permissions ?? [])
  return <Navigate replace to={first?.path ?? paths.account()} />
}
