import type { SealedText } from '../crypto/index.ts'
import { index, instant, table, text, uniqueIndex } from '../database/kit.ts'

/** Answers to requests that carried an Idempotency-Key. */
export const idempotentAnswers = table(
  'idempotent_answers',
  {
    id: text().primaryKey(),
    /** The user the key belongs to: two users may use the same key. */
    scope: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of method, path and body. */
    requestHash: text().notNull(),
    /** SHA-256 of the grants the request was answered under. */
    rightsHash: text().notNull(),
    /** JSON, encrypted: an answer may contain personal data. */
    answer: text<SealedText>(),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('idempotent_answers_once').on(t.scope, t.key),
    index('idempotent_answers_created').on(t.createdAt),
  ],
)
