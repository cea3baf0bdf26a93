import type { FastifyRequest } from 'fastify'
import { DomainError } from '#platform/errors.ts'

/**
 * Header with the id of the user for whom the page was opened. A browser has one session cookie, but may have tabs of
 * two users.
 */
export const openedAs = 'x-muster-user'

/**
 * Stops a tab from reading or writing as another user who has signed in in another tab since. Checked before anything
 * is read or written. Programs need not send the header.
 * @throws DomainError conflict `session.other_user`
 */
export function assertSameUser(request: FastifyRequest, userId: string): void {
  const named = request.headers[openedAs]
  if (named === undefined || named === userId) return
  throw new DomainError(
    'conflict',
    'session.other_user',
    'This page was opened by another user than the one who is signed in now. Nothing was done.',
  )
}
