/** Where things are kept by their names. Bytes stay bytes; everything else is JSON. */
export interface Disk {
  put(name: string, value: unknown): Promise<void>
  /** What is kept; undefined when there is nothing, or nothing that this browser can open. */
  get(name: string): Promise<unknown>
  remove(names: readonly string[]): Promise<void>
}

/** Keeps things as long as the page is open, where a browser keeps nothing. */
export function memoryDisk(): Disk {
  const kept = new Map<string, unknown>()
  return {
    async put(name, value) {
      kept.set(name, value instanceof ArrayBuffer ? value : JSON.parse(JSON.stringify(value)))
    },
    get: async (name) => kept.get(name),
    async remove(names) {
      for (const name of names) kept.delete(name)
    },
  }
}
