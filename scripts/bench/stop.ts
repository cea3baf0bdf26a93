/**
 * `npm run bench:stop` tells the service to end while something goes on, in each of the situations of `test/support/stops`, and
 * starts it again: it has to end within five seconds, by itself, with everything that it acknowledged and nothing left. The test
 * suite does a few of them each day. `-- export` does those whose name has this in it, `-- --people=N` does them in a smaller city,
 * `-- --json` prints one object.
 *
 *   npm run bench:stop                          SQLite in a temporary folder
 *   DATABASE_URL=postgres: npm run bench:stop   a PostgreSQL started for it
 */
import '../lib/help.ts'
import { dialect } from '#platform/database/kit.ts'
import { useDatabases } from '#test/support/databases.ts'
import type { Stopped } from '#test/support/stops/situation.ts'
import { situations, stopWhile } from '#test/support/stops/table.ts'
import { peopleOnce } from './beside-city.ts'
import { Goals } from './goals.ts'

const given = process.argv.slice(2)
const wanted = given.filter((each) => !each.startsWith('--'))
const people = Number(given.find((each) => each.startsWith('--people='))?.slice(9) ?? peopleOnce)
const secondsMax = 5
const writeMsMax = 300

const { setup } = await import(`#test/support/global-${dialect === 'sqlite' ? 'sqlite' : 'postgres'}.ts`)
const tearDown: () => Promise<void> | void = await setup({
  provide: (_: string, databases: Parameters<typeof useDatabases>[0]) => useDatabases(databases),
})
const goals = new Goals()
const stopped: Stopped[] = []
for (const name of situations) {
  if (wanted.length > 0 && !wanted.some((each) => name.includes(each))) continue
  const one = await stopWhile(name, people, () => performance.now())
  stopped.push(one)
  goals.atMost(`${name}: time to the end`, secondsMax, one.seconds, 's')
  if (/reads nothing/.test(name))
    goals.atMost(`${name}: p99 of writes beside it`, writeMsMax, one.p99Ms, 'ms')
  goals.atMost(`${name}: what is lost, left or wrong`, 0, one.faults.length, 'faults')
  for (const fault of one.faults) process.stderr.write(`    ${fault}\n`)
}
await tearDown()
goals.note('engine', dialect)
goals.note('stopped', stopped)
goals.print(given.includes('--json'))
