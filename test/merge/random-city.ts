import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { roleGrants, users } from '#modules/accounts/schema.ts'
import { attendanceOperations, attendances, shiftTotals } from '#modules/attendance/schema.ts'
import { events, shiftSeats, shifts } from '#modules/events/schema.ts'
import { responsibilities, zones } from '#modules/grid/schema.ts'
import { queueMessages } from '#modules/messaging/index.ts'
import { personalLink } from '#modules/mobilization/index.ts'
import { allotments, assignments, participations, signUps } from '#modules/mobilization/schema.ts'
import { saveConsents, savePersons, saveTeams, saveUnits } from '#modules/organisation/index.ts'
import { contactMarks, contacts, personContacts, teams, units } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { everybody } from '#test/support/permits.ts'

/** Chance with a seed: the same city again. */
export class Dice {
  #state: number
  constructor(seed: number) {
    this.#state = seed
  }
  /** In [0, 1). */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  upTo(max: number): number {
    return Math.floor(this.roll() * (max + 1))
  }
  happens(chance: number): boolean {
    return this.roll() < chance
  }
  of<T>(from: readonly T[]): T {
    return from[this.upTo(from.length - 1)] as T
  }
}

export interface City {
  keptId: string
  mergedId: string
}

/** Two rows of one human, with rows in every slice that a real city could have. `now` lies in the middle of its shifts. */
export async function aRandomCity(tx: Writer, keys: KeyRing, dice: Dice, now: DateTime): Promise<City> {
  const at = now.minus({ days: 30 })
  const { ids: unitIds } = await saveUnits(
    tx,
    ['甲', '乙'].map((name) => ({ name: `${name}${dice.upTo(1e9)}`, kind: 'government' as const })),
    at,
  )
  const { ids: teamIds } = await saveTeams(
    tx,
    [0, 1, 2].map((n) => ({ name: `队${n}${dice.upTo(1e9)}`, unitId: unitIds[n % 2] as string })),
    at,
  )
  const person = (n: number) => {
    const memberOf = teamIds.filter((_, team) => team === n || dice.happens(0.4))
    return {
      name: '王伟',
      memberships: memberOf.map((teamId) => ({
        teamId,
        role: dice.of(['member', 'leader', 'deputy'] as const),
      })),
      contacts: [0, 1].flatMap((k) =>
        dice.happens(0.6)
          ? [{ kind: 'phone' as const, value: `1540000000${k}`, relation: 'own' as const }]
          : [],
      ),
      skills: ['英语', '急救', '手语'].filter(() => dice.happens(0.4)),
      ...(dice.happens(0.5) ? { birthDate: '1985-06-15' } : {}),
      ...(dice.happens(0.5) ? { residence: '平山区' } : {}),
      ...(n === 1 && dice.happens(0.5) ? { identityNumber: '11010519491231002X' } : {}),
    }
  }
  const { ids } = await savePersons(tx, keys, [person(0), person(1), { name: '旁人' }], {
    permits: everybody,
    at,
  })
  const [keptId, mergedId, otherId] = ids as [string, string, string]
  const people = [keptId, mergedId, otherId]
  await organisationRows(tx, keys, dice, { people, unitIds, teamIds, at })
  await accountRows(tx, dice, { people, teamIds, at })
  const zoneIds = await gridRows(tx, dice, { people, at, now })
  await mobilizationRows(tx, keys, dice, { people, unitIds, teamIds, zoneIds, at, now })
  await messageRows(tx, dice, { people, at })
  return { keptId, mergedId }
}

interface Made {
  people: string[]
  unitIds: string[]
  teamIds: string[]
  zoneIds: string[]
  at: DateTime
  now: DateTime
}

async function organisationRows(
  tx: Writer,
  keys: KeyRing,
  dice: Dice,
  made: Pick<Made, 'people' | 'unitIds' | 'teamIds' | 'at'>,
) {
  const { people, unitIds, teamIds, at } = made
  for (const id of unitIds) {
    const named = { liaisonPersonId: dice.of([...people, null]), leaderPersonId: dice.of([...people, null]) }
    await tx.update(units).set(named).where(eq(units.id, id))
  }
  for (const id of teamIds) {
    await tx
      .update(teams)
      .set({ leaderPersonId: dice.of([...people, null]) })
      .where(eq(teams.id, id))
  }
  for (const personId of people.slice(0, 2)) {
    if (dice.happens(0.5)) continue
    await saveConsents(tx, keys, [{ personId, guardianName: '甲', says: 'yes', scope: '乙' }], {
      by: newId(),
      at,
    })
  }
  const numbers = await tx.select().from(personContacts).where(inArray(personContacts.personId, people))
  for (const { personId, contactId } of numbers) {
    const mark = dice.of(['invalid', 'opted_out'] as const)
    if (dice.happens(0.5))
      await tx.insert(contactMarks).values({ id: newId(), personId, contactId, mark, markedAt: at })
  }
}

async function accountRows(
  tx: Writer,
  dice: Dice,
  { people, teamIds, at }: Pick<Made, 'people' | 'teamIds' | 'at'>,
) {
  const [kept, merged] = people as [string, string]
  const livesAt = dice.of([kept, merged, null])
  for (const personId of [kept, merged]) {
    const disabledAt = personId === livesAt ? null : dice.happens(0.3) ? at : undefined
    if (disabledAt === undefined) continue
    const id = newId()
    await tx.insert(users).values({ id, login: id, name: '王伟', personId, disabledAt, createdAt: at })
    const teamId = dice.of(teamIds)
    const grant = { userId: id, role: 'team_leader' as const, teamId, scope: `team:${teamId}`, grantedAt: at }
    await tx.insert(roleGrants).values({ id: newId(), ...grant })
  }
}

async function gridRows(tx: Writer, dice: Dice, { people, at, now }: Pick<Made, 'people' | 'at' | 'now'>) {
  const zoneIds: string[] = []
  for (let n = 0; n < 3; n++) {
    const id = newId()
    zoneIds.push(id)
    const named = { name: `街${n}`, searchName: `街${n}`, pinyin: `jie${n}`, kind: 'street' as const }
    await tx.insert(zones).values({ id, path: `/${id}/`, districtCode: '210502', ...named, createdAt: at })
    for (const personId of people) {
      if (dice.happens(0.5)) continue
      const from = now.plus({ days: dice.upTo(60) - 40 })
      const validUntil = dice.happens(0.5)
        ? null
        : (from.plus({ days: 5 + dice.upTo(40) }).toISODate() as string)
      const duty = { zoneId: id, personId, level: dice.of(['unit', 'leader'] as const), validUntil }
      const validFrom = from.toISODate() as string
      await tx.insert(responsibilities).values({ id: newId(), ...duty, validFrom, createdAt: at })
    }
  }
  return zoneIds
}

async function mobilizationRows(tx: Writer, keys: KeyRing, dice: Dice, made: Made) {
  const { people, unitIds, zoneIds, teamIds, at, now } = made
  const held = new Map(people.map((personId) => [personId, [] as Shift[]]))
  for (let e = 0; e < 1 + dice.upTo(2); e++) {
    const eventId = newId()
    const around = { startsAt: now.minus({ days: 1 }), endsAt: now.plus({ days: 1 }) }
    const publishedAt = dice.happens(0.6) ? at : null
    const cancelledAt = dice.happens(0.1) ? at : null
    const named = {
      name: '活动',
      searchName: '活动',
      organiserUnitId: dice.of(unitIds),
      timeZone: 'Asia/Shanghai',
    }
    await tx
      .insert(events)
      .values({ id: eventId, ...named, ...around, publishedAt, cancelledAt, createdAt: at })
    const shiftIds: { id: string; startsAt: DateTime; endsAt: DateTime }[] = []
    for (let s = 0; s < 2 + dice.upTo(3); s++) {
      const startsAt = now.plus({ hours: dice.upTo(12) - 8 })
      const shift = { id: newId(), startsAt, endsAt: startsAt.plus({ hours: 1 + dice.upTo(3) }) }
      const inCharge = {
        inChargePersonId: dice.of([...people, null]),
        deputyPersonId: dice.of([...people, null]),
      }
      const demand = { work: '清扫', min: 0, target: 5, max: 8, zoneId: dice.of(zoneIds) }
      const off = dice.happens(0.15) ? at : null
      const row = { ...shift, eventId, ...demand, ...inCharge, cancelledAt: off, createdAt: at }
      await tx.insert(shifts).values(row)
      await tx.insert(shiftSeats).values({ shiftId: shift.id, max: 8 })
      shiftIds.push(shift)
    }
    for (const personId of people.slice(0, 2)) {
      await takesPart(tx, keys, dice, {
        ...made,
        eventId,
        personId,
        shiftIds,
        teamId: dice.of(teamIds),
        held: held.get(personId)!,
      })
    }
  }
}

type Shift = { id: string; startsAt: DateTime; endsAt: DateTime }

async function takesPart(
  tx: Writer,
  keys: KeyRing,
  dice: Dice,
  part: Made & { eventId: string; personId: string; shiftIds: Shift[]; teamId: string; held: Shift[] },
) {
  const { eventId, personId, shiftIds, teamId, held, people, at, now } = part
  if (dice.happens(0.4)) {
    const offer = { eventId, personId, teamId, offeredByUserId: 'u', offeredAt: at }
    await tx.insert(signUps).values({ id: newId(), ...offer, withdrawnAt: dice.happens(0.3) ? at : null })
  }
  if (dice.happens(0.2)) return
  const participationId = newId()
  const { hash } = personalLink(keys, participationId, 1)
  const link = { linkHash: hash, linkGeneration: 1, createdAt: at }
  await tx.insert(participations).values({ id: participationId, eventId, personId, teamId, ...link })
  for (const shift of shiftIds) {
    if (dice.happens(0.4)) continue
    const fate = dice.of(['unanswered', 'accepted', 'accepted', 'declined', 'excused', 'cancelled'] as const)
    const overlaps = held.some((each) => each.startsAt < shift.endsAt && shift.startsAt < each.endsAt)
    const gone = fate === 'declined' || fate === 'excused' || fate === 'cancelled'
    if (overlaps && !gone) continue
    if (!gone) held.push(shift)
    const when = at.plus({ hours: dice.upTo(300) })
    const allotmentId = gone || dice.happens(0.6) ? null : await headOf(tx, part, shift.id)
    const id = newId()
    await tx.insert(assignments).values({
      ...{ id, eventId, participationId, personId, shiftId: shift.id, teamId, allotmentId },
      origin: 'leader',
      answer: fate === 'accepted' || fate === 'declined' ? fate : null,
      answeredAt: fate === 'accepted' || fate === 'declined' ? when : null,
      excusedAt: fate === 'excused' ? when : null,
      cancelledAt: fate === 'cancelled' ? when : null,
      cancelReason: fate === 'cancelled' ? 'removed' : null,
      freedAt: gone ? when : null,
      createdAt: at.plus({ minutes: dice.upTo(60) }),
    })
    if (!gone && allotmentId === null) await seat(tx, shift.id)
    if (shift.startsAt < now && fate !== 'cancelled' && dice.happens(0.5)) {
      await came(tx, dice, { id, eventId, shift, by: people[2] as string })
    }
  }
  await settled(tx, participationId, at)
}

async function seat(tx: Writer, shiftId: string) {
  await tx
    .update(shiftSeats)
    .set({ taken: sql`${shiftSeats.taken} + 1` })
    .where(eq(shiftSeats.shiftId, shiftId))
}

/** A head of the team's allotment on the shift, which is made where there is none. */
async function headOf(
  tx: Writer,
  { eventId, teamId, at }: Made & { eventId: string; teamId: string },
  shiftId: string,
) {
  const of = and(eq(allotments.shiftId, shiftId), eq(allotments.teamId, teamId))
  const [known] = await tx.select().from(allotments).where(of)
  if (known) {
    if (known.named >= known.heads) return null
    await tx
      .update(allotments)
      .set({ named: sql`${allotments.named} + 1` })
      .where(eq(allotments.id, known.id))
    return known.id
  }
  const id = newId()
  const held = { heads: 2, named: 1, origin: 'leader' as const, createdAt: at }
  await tx.insert(allotments).values({ id, eventId, shiftId, teamId, ...held })
  await seat(tx, shiftId)
  await seat(tx, shiftId)
  return id
}

async function came(
  tx: Writer,
  dice: Dice,
  { id, eventId, shift, by }: { id: string; eventId: string; shift: Shift; by: string },
) {
  const checkInAt = shift.startsAt.plus({ minutes: dice.upTo(50) })
  const left = dice.happens(0.5)
  const late = dice.happens(0.3)
  const minutes = left ? dice.upTo(120) : null
  await tx.insert(attendances).values({
    ...{ id: newId(), assignmentId: id, shiftId: shift.id, checkInAt, minutes, createdAt: checkInAt },
    checkOutAt: left ? checkInAt.plus({ minutes: 60 }) : null,
    timing: late ? 'late' : 'on_time',
    grade: dice.of(['A', 'B', 'C'] as const),
    via: 'link',
    positionJudgement: 'none',
    recordedByUserId: by,
  })
  const done = { kind: 'check_in' as const, at: checkInAt, via: 'link' as const }
  await tx.insert(attendanceOperations).values({ assignmentId: id, operationId: newId(), ...done })
  const counts = { present: 1, checkedOut: left ? 1 : 0, late: late ? 1 : 0, minutes: minutes ?? 0 }
  await tx
    .insert(shiftTotals)
    .values({ shiftId: shift.id, eventId, ...counts })
    .onConflictDoUpdate({
      target: shiftTotals.shiftId,
      set: {
        present: sql`${shiftTotals.present} + 1`,
        checkedOut: sql`${shiftTotals.checkedOut} + ${counts.checkedOut}`,
        late: sql`${shiftTotals.late} + ${counts.late}`,
        minutes: sql`${shiftTotals.minutes} + ${counts.minutes}`,
      },
    })
}

/** What each of the two was told of, through whatever number is known. */
async function messageRows(tx: Writer, dice: Dice, { people, at }: Pick<Made, 'people' | 'at'>) {
  const [contact] = await tx.select({ id: contacts.id }).from(contacts)
  if (!contact) return
  const named = await tx
    .select({ id: participations.id, personId: participations.personId })
    .from(participations)
  const accounts = await tx.select({ id: users.id, personId: users.personId }).from(users)
  const subjects = [
    ...named.map(({ id, personId }) => ({ subject: `participation:${id}` as const, personId })),
    ...accounts.map(({ id, personId }) => ({ subject: `activation:${id}` as const, personId })),
  ].filter(({ personId }) => people.includes(personId ?? '') && dice.happens(0.7))
  const request = {
    kind: 'notice',
    contactId: contact.id,
    generation: 1,
    eventId: null,
    lane: 'change' as const,
  }
  for (const about of subjects) {
    await queueMessages(tx, [{ ...request, groupKey: about.subject, subjects: [about] }], at)
  }
}

async function settled(tx: Writer, participationId: string, at: DateTime) {
  const rows = await tx
    .select({ answer: assignments.answer })
    .from(assignments)
    .where(and(eq(assignments.participationId, participationId), isNull(assignments.cancelledAt)))
  const said = rows.map(({ answer }) => answer)
  const all = said.length > 0 && said.every((each) => each === 'declined')
  const answer = said.includes('accepted') ? ('accepted' as const) : all ? ('declined' as const) : null
  const given = { answer, answeredAt: answer && at, answeredVia: answer && ('link' as const) }
  await tx.update(participations).set(given).where(eq(participations.id, participationId))
}
