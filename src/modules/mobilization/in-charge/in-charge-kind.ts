import { and, eq, inArray, isNull } from 'drizzle-orm'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import type { KindDefinition } from '#modules/messaging/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { maskName } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { momentText } from '../messages/shift-text.ts'
import { subjectId } from '../subjects.ts'

const readSubject = (about: string) => subjectId('in-charge', about).split('@') as [string, string]

/** 现场负责人通知: to whoever is in charge of a shift, whose number its volunteers see. */
export function inChargeKind(): KindDefinition {
  const zh = '{who}：您是{when}{where}现场负责人，号码将告知志愿者。'
  const en = '{who}: you are in charge at {where}, {when}. Its volunteers see your number.'
  return {
    zh: '现场负责人通知',
    en: 'To the person in charge of a shift',
    smsParts: 1,
    variables: {
      who: { zh: '姓名', en: 'name', sample: '王*', longest: '欧阳**明' },
      when: { zh: '时间', en: 'time', sample: '3月4日13:30', longest: '12月31日13:30' },
      where: { zh: '地点', en: 'place', sample: '解放北路', longest: '南芬街道中心社区便民服务大厅' },
    },
    words: {
      sms: { body: { zh, en } },
      email: {
        subject: { zh: '您是现场负责人', en: 'You are in charge' },
        body: { zh: `${zh}\n`, en: `${en}\n` },
      },
    },
    async stillDue(reader, subjects, now) {
      const facts = await factsOf(reader, subjects)
      return new Set(subjects.filter((about) => (facts.get(about)?.endsAt ?? now) > now))
    },
    async render(reader, messages, { locale }) {
      const facts = await factsOf(reader, messages.flat())
      return messages.map((subjects) =>
        subjects.flatMap((about) => {
          const fact = facts.get(about)
          if (!fact) return []
          const when = momentText(fact.startsAt, fact.timeZone, locale)
          return { who: maskName(fact.name), when, where: fact.where }
        }),
      )
    },
  }
}

/** The shifts these people are still in charge of, by subject. */
async function factsOf(db: Reader, subjects: readonly string[]) {
  const read = subjects.map((about) => ({ about, ids: readSubject(about) }))
  const rows = await db
    .select({
      ...{ id: shifts.id, startsAt: shifts.startsAt, endsAt: shifts.endsAt },
      ...{ inCharge: shifts.inChargePersonId, deputy: shifts.deputyPersonId },
      ...{ where: zones.name, timeZone: events.timeZone },
    })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .innerJoin(events, eq(events.id, shifts.eventId))
    .where(
      and(
        inArray(
          shifts.id,
          read.map(({ ids }) => ids[0]),
        ),
        isNull(shifts.cancelledAt),
        isNull(events.cancelledAt),
      ),
    )
  const people = await db
    .select({ id: persons.id, name: persons.name })
    .from(persons)
    .where(
      inArray(
        persons.id,
        read.map(({ ids }) => ids[1]),
      ),
    )
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return new Map(
    read.flatMap(({ about, ids: [shiftId, personId] }) => {
      const shift = byId.get(shiftId)
      const name = nameOf.get(personId)
      const theirs = shift && (shift.inCharge ?? shift.deputy) === personId
      return theirs && name !== undefined ? [[about, { ...shift, name }] as const] : []
    }),
  )
}
