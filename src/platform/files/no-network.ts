import { execFile } from 'node:child_process'

let isolated: Promise<boolean> | undefined

/** Whether a program can run in an empty network namespace (Linux, with user namespaces). The answer is cached. */
function canIsolate(): Promise<boolean> {
  isolated ??= new Promise((resolve) => {
    execFile('unshare', [...emptyNetwork, 'true'], { env: {}, timeout: 5000 }, (error) => resolve(!error))
  })
  return isolated
}

const emptyNetwork = ['--net', '--map-root-user']

/**
 * The command that runs a program without any network, not even localhost. Unchanged where the system does not allow
 * that.
 */
export async function withoutNetwork(program: string, args: string[]): Promise<[string, string[]]> {
  return (await canIsolate()) ? ['unshare', [...emptyNetwork, program, ...args]] : [program, args]
}

/** Exit codes of `unshare` when the program is missing or cannot be executed. */
export const notStarted = [126, 127]
