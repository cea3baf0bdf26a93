import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../scripts/lib/free-port.ts'

const root = resolve(import.meta.dirname, '../..')

/** How `npm start` and the commands of package.json have Node start: see there. */
export const startFlags = ['--import', resolve(root, 'src/platform/quick-start.ts')]

/** Runs a script of the repository to its end. @throws Error with what it said when it fails */
export async function runScript(script: string, args: string[], env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [...startFlags, script, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${said}`)
}

export interface Service {
  url: string
  process: ChildProcess
  /** Ends it without giving it a chance to do anything about it. */
  kill(): Promise<void>
}

/** The real service in a process of its own, ready to answer. */
export async function startService(env: Record<string, string>): Promise<Service> {
  const port = await freePort()
  const child = spawn(process.execPath, [...startFlags, 'src/main.ts'], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
      WORKERS: '0',
      ...env,
      PORT: String(port),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const url = `http://127.0.0.1:${port}`
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  // Whoever took its port meanwhile may take the connection and never answer.
  const answers = () => fetch(`${url}/health/live`, { signal: AbortSignal.timeout(5_000) })
  for (const until = Date.now() + 60_000; ; await pause(50)) {
    const isOk = await answers().then(
      ({ ok }) => ok,
      () => false,
    )
    if (isOk) break
    if (hasEnded() || Date.now() > until) throw new Error(`the service did not start: ${said}`)
  }
  return {
    url,
    process: child,
    async kill() {
      if (hasEnded()) throw new Error(`the service had ended by itself: ${said}`)
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
