/** Searches the service's log for personal data, and its database for telephone numbers in clear text. */
import { createReadStream } from 'node:fs'
import type { School } from '../city/schools.ts'
import type { Unit } from '../city/units.ts'
import { rowsAsText } from './postgres.ts'
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
 * Counts the matches of `pattern` in a text for which `found` is true. It is read in parts, so its size does not matter.
 */
async function occurrences(
  parts: AsyncIterable<string>,
  pattern: RegExp,
  found: (run: string) => boolean,
): Promise<number> {
  let count = 0
  let rest = ''
  for await (const part of parts) {
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
async function phonesIn(parts: AsyncIterable<string>, city: City): Promise<number> {
  const phones = new Set(phonesOf(city))
  return occurrences(parts, /(?<![0-9a-f-])154\d{8}(?![0-9a-f-])/g, (run) => phones.has(run))
}

/** A file in parts. Latin-1 maps every byte to one character, so binary files can be searched. */
const partsOf = (file: string): AsyncIterable<string> =>
  createReadStream(file, { encoding: 'latin1', highWaterMark: 1 << 20 })

async function phonesInDatabase({ databaseFile, environment }: RunningService, city: City): Promise<number> {
  if (databaseFile === undefined) return phonesIn(rowsAsText(environment.DATABASE_URL as string), city)
  return (
    (await phonesIn(partsOf(databaseFile), city)) + (await phonesIn(partsOf(`${databaseFile}-wal`), city))
  )
}

/** Counts leaks, all of which must be 0: numbers in the database and the log, names and links in the log. */
export async function leaks(service: RunningService, city: City, paths: readonly string[]) {
  const names = new Set(namesOf(city).map((name) => Buffer.from(name).toString('latin1')))
  const tokens = new Set(paths.map((path) => path.slice(path.lastIndexOf('/') + 1)))
  const chinese = /(?:[\xe4-\xe9][\x80-\xbf]{2}){2,4}/g
  return {
    numbersInDatabase: await phonesInDatabase(service, city),
    numbersInLog: await phonesIn(partsOf(service.logFile), city),
    namesInLog: await occurrences(partsOf(service.logFile), chinese, (run) => names.has(run)),
    linksInLog: await occurrences(partsOf(service.logFile), /[0-9A-HJKMNP-TV-Z]{12}/g, (run) =>
      tokens.has(run),
    ),
  }
}
