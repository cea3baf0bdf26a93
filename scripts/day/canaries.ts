/** Searches the service's log for personal data, and its database for telephone numbers in clear text. */
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

/**
 * Counts the matches of `pattern` in a file for which `found` is true. The file is read in chunks, so its size does not
 * matter.
 */
async function occurrences(file: string, pattern: RegExp, found: (run: string) => boolean): Promise<number> {
  let count = 0
  let rest = ''
  // Latin-1 maps every byte to one character, so binary files can be searched.
  for await (const part of createReadStream(file, { encoding: 'latin1', highWaterMark: 1 << 20 })) {
    const text = rest + part
    // The last 64 characters are searched together with the next chunk: a match may cross the boundary.
    const end = text.length - 64
    for (const match of text.matchAll(pattern)) if (match.index < end && found(match[0])) count++
    rest = text.slice(Math.max(0, end))
  }
  for (const [run] of rest.matchAll(pattern)) if (found(run)) count++
  return count
}

/**
 * Counts telephone numbers in clear text. Digits inside a longer hexadecimal string belong to an id and do not count.
 */
async function phonesIn(file: string, city: City): Promise<number> {
  const phones = new Set(phonesOf(city))
  return occurrences(file, /(?<![0-9a-f-])154\d{8}(?![0-9a-f-])/g, (run) => phones.has(run))
}

/** Counts leaks, all of which must be 0: numbers in the database and the log, names and links in the log. */
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
