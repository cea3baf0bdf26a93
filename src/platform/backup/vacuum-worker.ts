import { workerData } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'

const { file, into } = workerData as { file: string; into: string }
const connection = new Sqlite(file, { readonly: true, timeout: 30_000 })
try {
  connection.prepare('VACUUM INTO ?').run(into)
} finally {
  connection.close()
}
