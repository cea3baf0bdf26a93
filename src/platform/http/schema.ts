import { index, instant, json, primaryKey, table, text } from '../database/kit.ts'

/** Answers to requests that carried an Idempotency-Key. */
export const idempotencyKeys = table(
  'idempotency_keys',
  {
    /** Whose key it is: two people may use the same. */
    scope: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of method, path and body. */
    requestHash: text().notNull(),
    answer: json<unknown>(),
    createdAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.key] }), index('idempotency_keys_created').on(t.createdAt)],
)
