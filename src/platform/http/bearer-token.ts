import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether the Authorization header bears this token, for callers without a session; takes the same time for every answer. */
export function bearsToken(authorization: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`))
}
