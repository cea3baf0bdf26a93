import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Ports that Linux gives to nobody by itself: those of outgoing connections, and of whoever listens on port 0, begin at
 * 32768. So between being found free here and being listened on, a port is not taken by a test that happens to run.
 */
const [first, last] = [15_000, 32_000]

/** A free port of this machine: `wished` if it is free, otherwise any. */
export async function freePort(wished?: number): Promise<number> {
  if (wished && (await isFree(wished))) return wished
  for (;;) {
    const port = randomInt(first, last)
    if (await isFree(port)) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
