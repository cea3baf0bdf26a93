/** The service as a process: `src/main.ts` as `npm start` runs it, on port 0. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { startFlags } from '#test/support/service.ts'

const main = resolve(import.meta.dirname, '../../../src/main.ts')

export interface MainProcess {
  child: ChildProcess
  said: () => string
  exit: Promise<number | null>
}

export function runMain(env: Record<string, string>): MainProcess {
  const child = spawn(process.execPath, [...startFlags, main], {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
  })
  let text = ''
  child.stdout.on('data', (chunk) => (text += chunk))
  child.stderr.on('data', (chunk) => (text += chunk))
  return { child, said: () => text, exit: new Promise((done) => child.once('exit', done)) }
}

/** Where it says it listens. */
export async function listening({ said, child }: MainProcess): Promise<string> {
  while (child.exitCode === null && child.signalCode === null) {
    const url = /Server listening at (http:\/\/[\d.:]+)/.exec(said())?.[1]
    if (url && said().includes('service started')) return url
    await new Promise((later) => setTimeout(later, 50))
  }
  throw new Error(`it does not listen:\n${said()}`)
}

/** The processes that a process has begun and that are still there; none where the system does not tell. */
export function childrenOf(pid: number | undefined): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
