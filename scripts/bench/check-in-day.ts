/**
 * Fills an empty database with an event whose COUNT volunteers all have a personal link, and writes the links to
 * targets.json: `node scripts/bench/check-in-day.ts COUNT`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DateTime } from 'luxon'
import { events, shiftSeats, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { personalLink } from '#modules/mobilization/index.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import { persons, teams, units } from '#modules/organisation/schema.ts'
import { migrate } from '#platform/database/migrate.ts'
import { openDatabase } from '#platform/database/open.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { loadConfig } from '#src/config.ts'
import { openKeys } from '#src/keys.ts'

/** The personal link and the assignment of one volunteer: what a check-in needs. */
export interface Target {
  token: string
  assignmentId: string
}

const zonesCount = 420
const teamsCount = 365

/** Inserts the unit, its teams, the zones, and an event with one shift for each zone. */
async function insertEvent(tx: Writer, at: DateTime) {
  const [unitId, eventId] = [newId(), newId()]
  const unit = { id: unitId, name: '单位', searchName: '单位', pinyin: 'danwei', kind: 'government' as const }
  await tx.insert(units).values({ ...unit, path: `/${unitId}/`, createdAt: at })
  const teamRows = Array.from({ length: teamsCount }, (_, n) => {
    const name = `队${n}`
    return { id: newId(), unitId, name, searchName: name, pinyin: name, kind: 'team' as const, createdAt: at }
  })
  await inChunks(teamRows, 200, (rows) => tx.insert(teams).values(rows))
  const zoneRows = Array.from({ length: zonesCount }, (_, n) => {
    const [id, name] = [newId(), `网格${n}`]
    return { id, name, searchName: name, pinyin: name, kind: 'cell' as const, path: `/${id}/`, createdAt: at }
  })
  await inChunks(zoneRows, 200, (rows) => tx.insert(zones).values(rows as never))
  const period = { startsAt: at, endsAt: at.plus({ hours: 4 }) }
  const event = {
    id: eventId,
    name: '活动',
    searchName: '活动',
    organiserUnitId: unitId,
    timeZone: 'Asia/Shanghai',
  }
  await tx.insert(events).values({ ...event, ...period, publishedAt: at, createdAt: at })
  const shiftRows = zoneRows.map((zone) => {
    const demand = { min: 1, target: 30, max: 200 }
    return { id: newId(), eventId, zoneId: zone.id, work: '清理', ...period, ...demand, createdAt: at }
  })
  await inChunks(shiftRows, 200, (rows) => tx.insert(shifts).values(rows))
  await inChunks(shiftRows, 200, (rows) =>
    tx.insert(shiftSeats).values(rows.map(({ id }) => ({ shiftId: id, max: 200 }))),
  )
  return { eventId, unitId, teamIds: teamRows.map(({ id }) => id), shiftIds: shiftRows.map(({ id }) => id) }
}

/** Fills the database. Returns the links. */
async function fill(count: number): Promise<Target[]> {
  const config = loadConfig(process.env)
  mkdirSync(config.dataDir, { recursive: true })
  await migrate(config.databaseUrl)
  const db = await openDatabase(config)
  const keys = await openKeys(db, config)
  const at = DateTime.utc()
  const made = await db.transaction((tx) => insertEvent(tx, at))
  const people = Array.from({ length: count }, (_, n) => {
    const [personId, participationId, assignmentId] = [newId(), newId(), newId()]
    const teamId = made.teamIds[n % teamsCount] as string
    const shiftId = made.shiftIds[n % zonesCount] as string
    return {
      n,
      personId,
      participationId,
      assignmentId,
      teamId,
      shiftId,
      link: personalLink(keys, participationId, 1),
    }
  })
  await db.transaction((tx) =>
    inChunks(people, 200, async (rows) => {
      await tx.insert(persons).values(
        rows.map(({ personId, n }) => {
          const name = `志愿者${n}`
          return {
            id: personId,
            name,
            searchName: name,
            pinyin: name,
            // As in the demo, nine of ten birth dates are known. Without one, the check-in needs more queries.
            birthDate: n % 10 === 0 ? null : '1985-06-15',
            volunteerNumber: `V${n}`,
            createdAt: at,
          }
        }),
      )
      await tx.insert(participations).values(
        rows.map(({ personId, participationId, teamId, link }) => {
          return {
            id: participationId,
            eventId: made.eventId,
            personId,
            teamId,
            linkHash: link.hash,
            createdAt: at,
          }
        }),
      )
      await tx.insert(assignments).values(
        rows.map(({ personId, participationId, assignmentId, teamId, shiftId }) => {
          const { eventId, unitId } = made
          const whose = { participationId, personId, teamId, unitId, eventId, shiftId }
          return { id: assignmentId, ...whose, origin: 'leader' as const, createdAt: at }
        }),
      )
    }),
  )
  await db.close()
  return people.map(({ link, assignmentId }) => ({ token: link.token, assignmentId }))
}

const count = Number(process.argv[2])
const targets = await fill(count)
writeFileSync(join(loadConfig(process.env).dataDir, 'targets.json'), JSON.stringify(targets))
