/**
 * Watches how long this thread computes without letting others have a turn. Measured in its own processor time, so that
 * whatever else runs on the machine does not count.
 */
export function watchLoop(): { stop(): number } {
  let last = process.threadCpuUsage()
  let longestMs = 0
  let watching = true
  const turn = () => {
    const { user, system } = process.threadCpuUsage(last)
    longestMs = Math.max(longestMs, (user + system) / 1000)
    last = process.threadCpuUsage()
    if (watching) setImmediate(turn)
  }
  setImmediate(turn)
  return {
    /** The longest stretch so far, in milliseconds. */
    stop() {
      watching = false
      return longestMs
    },
  }
}
