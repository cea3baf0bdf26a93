import { inspect } from 'node:util'
import { afterEach } from 'vitest'

/** A test that fails and then cannot be tidied up has two errors in one; a report of it names neither. */
afterEach(({ task }) => {
  for (const { error, suppressed } of (task.result?.errors ?? []) as {
    error?: unknown
    suppressed?: unknown
  }[])
    if (suppressed) process.stderr.write(`${task.name}: ${inspect(suppressed)}, and then ${inspect(error)}\n`)
})
