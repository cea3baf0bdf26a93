/** A constraint of the database that a statement violated. */
export interface Violation {
  kind: 'unique' | 'foreign' | 'check' | 'not_null'
}

const kinds: Record<string, Violation['kind']> = {
  23505: 'unique',
  23503: 'foreign',
  23001: 'foreign', // restrict_violation
  23514: 'check',
  23502: 'not_null',
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  SQLITE_CONSTRAINT_ROWID: 'unique',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign',
  SQLITE_CONSTRAINT_CHECK: 'check',
  SQLITE_CONSTRAINT_NOTNULL: 'not_null',
}

/**
 * The constraint that an error of either engine reports as violated; undefined for any other error.
 * On PostgreSQL the transaction is aborted by it: throw a DomainError, never continue.
 */
export function violationOf(error: unknown): Violation | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const kind = kinds[String((at as { code?: unknown }).code)]
    if (kind) return { kind }
  }
  return undefined
}
