/**
 * Work on a file, done in another process: see `elsewhere.ts`. `tell` sends a part of the result ahead of it, and resolves
 * once it has left: whoever tells much waits for it, or all of it lies in the memory of the process at once.
 */
export type Work<Input = unknown, Part = unknown, Result = unknown> = (
  input: Input,
  tell: (part: Part) => Promise<void>,
) => Promise<Result>

let latest: Work | undefined

/** Called once by a module that is to be run elsewhere, as it is loaded. */
export function offerWork<Input, Part, Result>(work: Work<Input, Part, Result>): void {
  latest = work as unknown as Work
}

/** What the module that was just loaded offers. @throws Error when it offers nothing */
export function offered(): Work {
  if (!latest) throw new Error('the module offers no work')
  const work = latest
  latest = undefined
  return work
}
