/** Processor time of the simulation: of this process, and of the service it started. */
import { globSync, readFileSync } from 'node:fs'

/** Linux counts processor time in ticks of 10 ms. */
const ticksPerSecond = 100

let servicePid: number | undefined

/** Counts the service's processor time, too. */
export function watchService(pid: number | undefined): void {
  servicePid = pid
}

/** Seconds of processor time so far: all threads, and the child processes that have ended. */
export function processorSeconds(): { player: number; service: number } {
  return { player: processorSecondsOf('self'), service: servicePid ? processorSecondsOf(servicePid) : 0 }
}

/** Seconds of processor time of a process so far. */
export function processorSecondsOf(pid: number | 'self'): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is the name of the program in parentheses, which may contain blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [own, system, childrensOwn, childrensSystem] = fields.slice(11, 15).map(Number) as number[]
  return (own! + system! + childrensOwn! + childrensSystem!) / ticksPerSecond
}

/** Seconds of processor time so far of this process and of all that it started, those that go on among them. */
export function processorSecondsOfAll(): number {
  const living = globSync('/proc/self/task/*/children').flatMap(
    (file) => readFileSync(file, 'utf8').match(/\d+/g) ?? [],
  )
  return [...new Set(living)].reduce(
    (sum, pid) => sum + processorSecondsOf(Number(pid)),
    processorSecondsOf('self'),
  )
}
