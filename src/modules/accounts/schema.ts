import { isNull, sql } from 'drizzle-orm'
import { persons, teams, units } from '#modules/organisation/schema.ts'
import { type AnyColumn, index, instant, int, table, text, uniqueIndex } from '#platform/database/kit.ts'
import type { ActivationPurpose, RoleName, SessionEnd, SessionKind } from './words.ts'

/** Somebody who signs in. Volunteers do not: they have personal links. */
export const users = table(
  'users',
  {
    id: text().primaryKey(),
    /** As it is compared: NFKC, lower case. */
    login: text().notNull(),
    name: text().notNull(),
    /** Links and codes go to this person's own phone; without a person there is none. */
    personId: text().references(() => persons.id),
    /** argon2id in PHC form; null until the invitation was used. */
    passwordHash: text(),
    passwordChangedAt: instant(),
    lastSignInAt: instant(),
    disabledAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('users_login').on(t.login),
    // One account each: whoever gets a role as a person must be the one who signs in.
    uniqueIndex('users_person').on(t.personId).where(isNull(sql`disabled_at`)),
  ],
)

/** Passwords somebody had before, as far as the profile forbids to use them again. */
export const pastPasswords = table(
  'past_passwords',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id),
    hash: text().notNull(),
    replacedAt: instant().notNull(),
  },
  (t) => [index('past_passwords_user').on(t.userId, t.replacedAt)],
)

/** A role over a part of the organisation; with no unit, district and team it is over everything. */
export const roleGrants = table(
  'role_grants',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id),
    role: text<RoleName>().notNull(),
    unitId: text().references(() => units.id),
    districtCode: text(),
    teamId: text().references(() => teams.id),
    /** `everything`, `unit:ID`, `district:CODE` or `team:ID`: one text, because nulls are never equal in an index. */
    scope: text().notNull(),
    /** Null when the first administrator was created at the command line. */
    grantedBy: text().references((): AnyColumn => users.id),
    grantedAt: instant().notNull(),
    revokedBy: text().references((): AnyColumn => users.id),
    revokedAt: instant(),
  },
  (t) => [
    uniqueIndex('role_grants_live').on(t.userId, t.role, t.scope).where(isNull(sql`revoked_at`)),
    index('role_grants_scope').on(t.scope),
  ],
)

/** Somebody is signed in. The row decides: an ended one refuses the cookie and the bearer token alike. */
export const sessions = table(
  'sessions',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id),
    kind: text<SessionKind>().notNull(),
    /** SHA-256 of the cookie's reference; of a bearer session, of its id (the token itself is never stored). */
    tokenHash: text().notNull(),
    address: text(),
    userAgent: text(),
    createdAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    /** The end whatever happens; idle time ends it earlier. */
    expiresAt: instant().notNull(),
    endedAt: instant(),
    endedBecause: text<SessionEnd>(),
  },
  (t) => [
    uniqueIndex('sessions_token').on(t.tokenHash),
    index('sessions_user').on(t.userId, t.createdAt),
    index('sessions_expires').on(t.expiresAt),
  ],
)

/** A one-time link by which somebody sets their own password. The token is derived, never stored. */
export const activations = table(
  'activations',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id),
    purpose: text<ActivationPurpose>().notNull(),
    tokenHash: text().notNull(),
    requestedBy: text().references((): AnyColumn => users.id),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    /** A newer link replaced it, or the user was disabled. */
    revokedAt: instant(),
  },
  (t) => [uniqueIndex('activations_token').on(t.tokenHash), index('activations_user').on(t.userId)],
)

/** A code sent to a phone, good for a few minutes and a few tries. The digits are derived, never stored. */
export const loginCodes = table(
  'login_codes',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id),
    /** Names the asking, so that a repeated job sends nothing twice. */
    requestId: text().notNull(),
    codeHash: text().notNull(),
    tries: int().notNull().default(0),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (t) => [
    uniqueIndex('login_codes_once').on(t.requestId, t.userId),
    index('login_codes_user').on(t.userId, t.createdAt),
  ],
)

/**
 * Attempts at something that must not be tried at will. The key is a keyed hash, so that the table tells neither
 * logins nor phone numbers, and it is kept for logins that do not exist just as for those that do.
 */
export const attempts = table(
  'attempts',
  {
    key: text().primaryKey(),
    count: int().notNull(),
    /** Start of the period that `count` counts. */
    since: instant().notNull(),
    lockedUntil: instant(),
    /** When the row may be forgotten. */
    forgetAt: instant().notNull(),
  },
  (t) => [index('attempts_forget').on(t.forgetAt)],
)
