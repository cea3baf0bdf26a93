/** Worker thread: runs WAL checkpoints of a SQLite file (copies the write-ahead log into it) until told to end. */
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

/** The WAL is inspected this often, and checkpointed when it holds at least this many pages (4 MB). */
const everyMs = 200
const pagesMin = 1000

const { file } = workerData as { file: string }
const connection = new Sqlite(file, { timeout: 5000 })
connection.pragma('synchronous = FULL')

function look(): void {
  const [state] = connection.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[]
  // A passive checkpoint blocks neither readers nor the writer. Pages that readers still need wait for the next one.
  if (state && state.log - state.checkpointed >= pagesMin) connection.pragma('wal_checkpoint(PASSIVE)')
}

let failing = false
const looking = setInterval(() => {
  try {
    look()
    failing = false
  } catch (error) {
    // For example a full disk: the next attempt may succeed. Reported once per period of failure.
    if (!failing) parentPort?.postMessage({ failure: String(error) })
    failing = true
  }
}, everyMs)
parentPort?.once('message', () => {
  clearInterval(looking)
  connection.close()
})
