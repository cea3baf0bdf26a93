/** Whether anything personal got into the log of the service, or a number in clear into its database. */
import { createReadStream } from 'node:fs'
import type { School } from '../city/schools.ts'
import type { Unit } from '../city/units.ts'
import type { City } from './preparations.ts'
import type { RunningService } from './server.ts'

const phonesOf = ({ units, schools }: { units: Unit[]; schools: School[] }) =>
  [
    ...units.flatMap((unit) => [
      unit.liaisonPhone,
      ...unit.teams.flatMap(({ members }) => members.map(({ phone }) => phone)),
    ]),
    ...schools.flatMap((school) => [
      school.liaisonPhone,
      ...school.classes.flatMap(({ people }) =>
        people.flatMap(({ phone, guardian }) => [phone, guardian?.phone ?? null]),
      ),
    ]),
  ].filter((phone) => phone !== null)

const namesOf = ({ units, schools }: City) => [
  ...units.flatMap((unit) => unit.teams.flatMap(({ members }) => members.map(({ name }) => name))),
  ...schools.flatMap((school) => school.classes.flatMap(({ people }) => people.map(({ name }) => name))),
]

/** How often `found` says yes to a run of characters that `pattern` finds in a file, however large it is. */
async function occurrences(file: string, pattern: RegExp, found: (run: string) => boolean): Promise<number> {
  let count = 0
  let rest = ''
  // Latin-1 keeps every byte apart, as `strings` would.
  for await (const part of createReadStream(file, { encoding: 'latin1', highWaterMark: 1 << 20 })) {
    const text = rest + part
    // What may go on in the next part is looked at with it.
    const end = text.length - 64
    for (const match of text.matchAll(pattern)) if (match.index < end && found(match[0])) count++
    rest = text.slice(Math.max(0, end))
  }
  for (const [run] of rest.matchAll(pattern)) if (found(run)) count++
  return count
}

/** Telephone numbers that stand in clear in a file. A number within a longer run of hexadecimal digits is an id. */
async function phonesIn(file: string, city: City): Promise<number> {
  const phones = new Set(phonesOf(city))
  return occurrences(file, /(?<![0-9a-f-])154\d{8}(?![0-9a-f-])/g, (run) => phones.has(run))
}

/** What must not be found: numbers in the database and the log, names and links in the log. */
export async function leaks(service: RunningService, city: City, paths: readonly string[]) {
  const names = new Set(namesOf(city).map((name) => Buffer.from(name).toString('latin1')))
  const tokens = new Set(paths.map((path) => path.slice(path.lastIndexOf('/') + 1)))
  const chinese = /(?:[\xe4-\xe9][\x80-\xbf]{2}){2,4}/g
  return {
    numbersInDatabase:
      (await phonesIn(service.databaseFile, city)) + (await phonesIn(`${service.databaseFile}-wal`, city)),
    numbersInLog: await phonesIn(service.logFile, city),
    namesInLog: await occurrences(service.logFile, chinese, (run) => names.has(run)),
    linksInLog: await occurrences(service.logFile, /[0-9A-HJKMNP-TV-Z]{12}/g, (run) => tokens.has(run)),
  }
}
