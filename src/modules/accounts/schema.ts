import { isNull, sql } from 'drizzle-orm'
import { persons, teams, units } from '#modules/organisation/schema.ts'
import {
  type AnyColumn,
  bool,
  index,
  instant,
  int,
  table,
  text,
  uniqueIndex,
} from '#platform/database/kit.ts'
import type { ActivationPurpose, ConfirmationKind, RoleName, SessionEnd, SessionKind } from './words.ts'

/** An account for signing in. Volunteers have none: they use personal links. */
export const users = table(
  'users',
  {
    id: text().primaryKey(),
    /** Normalised for comparison: NFKC, lower case. */
    login: text().notNull(),
    name: text().notNull(),
    personId: text().references(() => persons.id),
    /** The unit the user acts for, where their roles do not say it: an officer's, an inspector's. */
    unitId: text().references(() => units.id),
    /** The number for links and codes; encrypted (AES-256-GCM, row id as associated data). Contacts never change it. */
    phone: text(),
    phoneIndex: text(),
    /** The manager who set the number; null if its owner confirmed it, or it is the one from the person's contacts. */
    phoneSetBy: text().references((): AnyColumn => users.id),
    /** Null in rows from before this column existed, until `fillPhones` has processed them; true in all others. */
    phoneFilled: bool().$defaultFn(() => true),
    /** argon2id in PHC format; null until the user has set a password. */
    passwordHash: text(),
    passwordChangedAt: instant(),
    lastSignInAt: instant(),
    disabledAt: instant(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('users_login').on(t.login),
    index('users_phone').on(t.phoneIndex),
    // One active account for each person, so that a role given to a person is given to the account they use.
    uniqueIndex('users_person').on(t.personId).where(isNull(sql`disabled_at`)),
  ],
)

/** Previous passwords, as many as the profile forbids to use again. */
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

/** A role over a scope; without unit, district and team it is over everything. */
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
    /**
     * Set if a district office granted a role over a unit: the role never reaches beyond this district, even if units
     * of other districts are moved below the unit later.
     */
    withinDistrict: text(),
    /** The role came with a hand-over of the team and does not decide who manages the account. Null in older rows. */
    handedOver: bool().$defaultFn(() => false),
    /**
     * `everything`, `unit:ID`, `district:CODE` or `team:ID`: one text, because nulls are never equal in a unique index.
     */
    scope: text().notNull(),
    /** Null for grants made at the command line. */
    grantedBy: text().references((): AnyColumn => users.id),
    grantedAt: instant().notNull(),
    revokedBy: text().references((): AnyColumn => users.id),
    revokedAt: instant(),
  },
  (t) => [
    uniqueIndex('role_grants_live').on(t.userId, t.role, t.scope).where(isNull(sql`revoked_at`)),
    index('role_grants_scope').on(t.scope),
    // Revoked ones, too: who granted what to whom decides who manages an account.
    index('role_grants_user').on(t.userId),
  ],
)

/** A session. The row decides: once it has ended, cookie and bearer token are both refused. */
export const sessions = table(
  'sessions',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id),
    kind: text<SessionKind>().notNull(),
    /** SHA-256 of the cookie's value; for a bearer session, of the session id (the token itself is never stored). */
    tokenHash: text().notNull(),
    address: text(),
    userAgent: text(),
    createdAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    /** The session ends at this time at the latest; it may end earlier when idle. */
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

/** A change of an officer's account, requested by one officer and confirmed by another. */
export const officerConfirmations = table(
  'officer_confirmations',
  {
    id: text().primaryKey(),
    kind: text<ConfirmationKind>().notNull(),
    userId: text()
      .notNull()
      .references(() => users.id),
    /** For kind `grant`. */
    role: text<RoleName>(),
    /** The new number; encrypted (AES-256-GCM, row id as associated data). Null removes the number. */
    phone: text(),
    requestedBy: text()
      .notNull()
      .references((): AnyColumn => users.id),
    requestedAt: instant().notNull(),
    expiresAt: instant().notNull(),
    decidedBy: text().references((): AnyColumn => users.id),
    decidedAt: instant(),
    approved: bool(),
  },
  (t) => [
    index('officer_confirmations_user').on(t.userId),
    index('officer_confirmations_requested').on(t.requestedAt),
  ],
)

/**
 * A browser in which a user has signed in. Its attempts are counted separately, so that other people cannot lock the
 * user out.
 */
export const knownBrowsers = table(
  'known_browsers',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id),
    /** SHA-256 of the browser's cookie value. */
    browserHash: text().notNull(),
    createdAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('known_browsers_once').on(t.browserHash, t.userId),
    index('known_browsers_user').on(t.userId),
    index('known_browsers_seen').on(t.lastSeenAt),
  ],
)

/** A one-time link with which a user sets a password. The token is derived from a key, never stored. */
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
    /** Set when a newer link replaced it, or the user was disabled. */
    revokedAt: instant(),
  },
  (t) => [uniqueIndex('activations_token').on(t.tokenHash), index('activations_user').on(t.userId)],
)

/**
 * A code sent to a phone, valid for a few minutes and a few attempts. The digits are derived from a key, never stored.
 */
export const loginCodes = table(
  'login_codes',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id),
    /** Id of the request, so that a repeated job sends nothing twice. */
    requestId: text().notNull(),
    /** The browser that requested it; the code is valid only there. */
    browserHash: text(),
    codeHash: text().notNull(),
    tries: int().notNull().default(0),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (t) => [
    uniqueIndex('login_codes_once').on(t.requestId, t.userId),
    index('login_codes_user').on(t.userId, t.createdAt),
    index('login_codes_browser').on(t.browserHash),
  ],
)

/**
 * A user's own account moves to another number, with a code to each number. The digits are derived from a key, never
 * stored.
 */
export const phoneChanges = table(
  'phone_changes',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id),
    /** The new number; encrypted (AES-256-GCM, row id as associated data). */
    phone: text().notNull(),
    oldCodeHash: text().notNull(),
    newCodeHash: text().notNull(),
    tries: int().notNull().default(0),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (t) => [index('phone_changes_user').on(t.userId, t.createdAt)],
)

/**
 * Counters for rate-limited attempts. The key is a keyed hash, so that the table reveals neither logins nor numbers,
 * and unknown logins are counted like known ones.
 */
export const attempts = table(
  'attempts',
  {
    key: text().primaryKey(),
    count: int().notNull(),
    /** Start of the period counted by `count`. */
    since: instant().notNull(),
    lockedUntil: instant(),
    /** From this time on the row may be deleted. */
    forgetAt: instant().notNull(),
  },
  (t) => [index('attempts_forget').on(t.forgetAt)],
)
