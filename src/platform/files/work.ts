/**
 * Work on a file, done in another process: see `elsewhere.ts`. `tell` sends a part of the result ahead of it, and resolves
 * once it has left: whoever tells much waits for it, or all of it lies in the memory of the process at once. `chunk` asks
 * for the next bytes of one of the files, undefined at its end: a large one never crosses in one piece.
 */
export type Work<Input = unknown, Part = unknown, Result = unknown> = (
  input: Input,
  tell: (part: Part) => Promise<void>,
  chunk: Chunks,
) => Promise<Result>

export type Chunks = (file: number) => Promise<Uint8Array | undefined>

/** The content of a file that comes in chunks. */
export async function wholeOf(chunk: () => Promise<Uint8Array | undefined>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for (let next = await chunk(); next; next = await chunk()) chunks.push(next)
  return Buffer.concat(chunks)
}

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
