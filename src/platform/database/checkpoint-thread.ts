/** Copies the write-ahead log of a SQLite file into the file, whenever enough has gathered in it, until told to end. */
import { parentPort, workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

/** So often the log is looked at; from so many pages on (4 MB) it is copied. */
const everyMs = 200
const pagesMin = 1000

const { file } = workerData as { file: string }
const connection = new Sqlite(file, { timeout: 5000 })
connection.pragma('synchronous = FULL')

function look(): void {
  const [state] = connection.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[]
  // Passive: nobody who reads or writes waits for it. Whatever readers still need is left for the next time.
  if (state && state.log - state.checkpointed >= pagesMin) connection.pragma('wal_checkpoint(PASSIVE)')
}

const looking = setInterval(() => {
  try {
    look()
  } catch {
    // A full disk, say: whoever writes is told by their own commit, and the next look may find room.
  }
}, everyMs)
parentPort?.once('message', () => {
  clearInterval(looking)
  connection.close()
})
