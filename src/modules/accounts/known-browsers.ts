import { and, eq, inArray, lt } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { DateTime } from 'luxon'
import { randomToken, tokenHash } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import type { AppContext } from '#src/context.ts'
import { cookieOptions } from './authenticate.ts'
import { knownBrowsers, users } from './schema.ts'

/** After this many days without a sign-in, a browser is forgotten. */
const rememberedDays = 180

type Needs = Pick<AppContext, 'keys' | 'config'>

const cookieName = (publicUrl: URL) =>
  publicUrl.protocol === 'https:' ? '__Host-muster-browser' : 'muster-browser'

/**
 * The identity of a browser: a random value in a cookie, signed by us so that forged values are not even looked up. It
 * grants no access. Returned hashed, as stored; undefined if the request has no valid cookie.
 */
export function browserOf(request: FastifyRequest, { keys, config }: Needs): string | undefined {
  const [id, tag] = request.cookies[cookieName(config.publicUrl)]?.split('~') ?? []
  return id && tag && keys.matchesHash('browser', id, tag) ? tokenHash(id) : undefined
}

export interface MarkedBrowser {
  browser: string
  /** Sets the browser's cookie if it has none yet. */
  mark(reply: FastifyReply): void
}

/** `browserOf`, with a new value for a browser that has none. */
export function markedBrowser(request: FastifyRequest, needs: Needs): MarkedBrowser {
  const known = browserOf(request, needs)
  if (known) return { browser: known, mark: () => {} }
  const id = randomToken(128)
  const { publicUrl } = needs.config
  const maxAge = rememberedDays * 86_400
  const value = `${id}~${needs.keys.keyedHash('browser', id)}`
  return {
    browser: tokenHash(id),
    mark: (reply) =>
      void reply.setCookie(cookieName(publicUrl), value, { ...cookieOptions(publicUrl), maxAge }),
  }
}

/** Records that a user signed in, or set a password, in this browser. */
export async function rememberBrowser(
  tx: Writer,
  { userId, browser, at }: { userId: string; browser: string | undefined; at: DateTime },
): Promise<void> {
  if (browser === undefined) return
  const mine = and(eq(knownBrowsers.userId, userId), eq(knownBrowsers.browserHash, browser))
  const seen = await tx
    .update(knownBrowsers)
    .set({ lastSeenAt: at })
    .where(mine)
    .returning({ id: knownBrowsers.id })
  if (seen.length > 0) return
  await tx
    .insert(knownBrowsers)
    .values({ id: newId(), userId, browserHash: browser, createdAt: at, lastSeenAt: at })
    .onConflictDoNothing()
}

/** Whether the user with this login has signed in in this browser before. */
export async function knowsLogin(db: Reader, browser: string | undefined, login: string): Promise<boolean> {
  return browser !== undefined && isKnown(db, browser, eq(users.login, login))
}

/** Whether a user whose account has this number has signed in in this browser before. */
export async function knowsPhone(
  db: Reader,
  browser: string | undefined,
  phoneIndexes: readonly string[],
): Promise<boolean> {
  return browser !== undefined && isKnown(db, browser, inArray(users.phoneIndex, [...phoneIndexes]))
}

async function isKnown(db: Reader, browser: string, whose: ReturnType<typeof eq>): Promise<boolean> {
  const found = await db
    .select({ id: knownBrowsers.id })
    .from(knownBrowsers)
    .innerJoin(users, eq(users.id, knownBrowsers.userId))
    .where(and(eq(knownBrowsers.browserHash, browser), whose))
    .limit(1)
  return found.length > 0
}

/** Deletes browsers without a sign-in for a long time. */
export async function forgetBrowsers(tx: Writer, at: DateTime): Promise<void> {
  await tx.delete(knownBrowsers).where(lt(knownBrowsers.lastSeenAt, at.minus({ days: rememberedDays })))
}
