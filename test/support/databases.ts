import { inject } from 'vitest'

/**
 * Where test databases are made, a folder for files or a PostgreSQL server, and what they are copies of. In memory,
 * PostgreSQL copies files in a quarter of the time; on a disk it would wait for a checkpoint each time.
 */
export interface Databases {
  folder: string
  template: string
  copyFiles: boolean
  server: string
}

/** What is told where they are: a project of Vitest, or a benchmark. */
export interface Provided {
  provide(key: 'databases', databases: Databases): void
}

let given: Databases | undefined

/** Says where test databases are made to a process that is no test: a benchmark. */
export function useDatabases(databases: Databases): void {
  given = databases
}

export function databases(): Databases {
  return given ?? inject('databases')
}

declare module 'vitest' {
  export interface ProvidedContext {
    databases: Databases
  }
}
