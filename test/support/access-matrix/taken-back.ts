import type { Database, TransactionOptions, Writer } from '#platform/database/port.ts'

/** Carries an answer out of a transaction that is not to stay. */
class TakenBack extends Error {
  readonly answer: unknown

  constructor(answer: unknown) {
    super('taken back')
    this.answer = answer
  }
}

/**
 * From now on every transaction is done in full, answers, and is rolled back: whatever is asked, the world stays as it
 * is. Returns how many would have been committed so far.
 */
export function takeBackEverything(db: Database): { committed(): number } {
  const transaction = db.transaction.bind(db)
  let committed = 0
  db.transaction = async <T>(work: (tx: Writer) => Promise<T>, options?: TransactionOptions): Promise<T> => {
    try {
      return await transaction<T>(async (tx) => {
        throw new TakenBack(await work(tx))
      }, options)
    } catch (error) {
      if (!(error instanceof TakenBack)) throw error
      committed += 1
      return error.answer as T
    }
  }
  return { committed: () => committed }
}
