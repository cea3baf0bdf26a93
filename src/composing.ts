import type { JobDefinition, Jobs } from '#platform/jobs/definition.ts'
import type { Turns } from '#platform/watch/turns.ts'
import type { AppContext } from './context.ts'

/** The same jobs; each run is told to who watches the turns of the event loop. */
export function begun(jobs: Jobs<AppContext>, turns: Turns): Jobs<AppContext> {
  const each = Object.entries(jobs).map(([kind, definition]): [string, JobDefinition<AppContext>] => [
    kind,
    {
      ...definition,
      run(context, params, run) {
        turns.begin(kind)
        return definition.run(context, params, run)
      },
    },
  ])
  return Object.fromEntries(each)
}

/** Merges the records of several slices. @throws Error when two use the same name */
export function collected<T extends object>(...slices: T[]): T {
  const names = slices.flatMap((slice) => Object.keys(slice))
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice) throw new Error(`two slices bring ${twice}`)
  return Object.assign({}, ...slices)
}
