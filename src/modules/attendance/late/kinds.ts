/** 补录: the messages to whoever decides and to whoever asked. */
import { eq, inArray } from 'drizzle-orm'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import type { KindDefinition, MessageKinds, OfficeReader } from '#modules/messaging/index.ts'
import {
  dayText,
  linkTo,
  linkTokenOf,
  type MessageNeeds,
  type OfficeHolder,
  officeReaders,
} from '#modules/mobilization/index.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import { persons } from '#modules/organisation/schema.ts'
import { maskName } from '#platform/crypto/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { lateEntries } from '../schema.ts'
import { askedSoFar } from './deciders.ts'
import { lateKinds, peopleOf, subject, subjectId, toldOfDecision } from './tell.ts'

/** Registers the kinds of message about late entries. */
export function registerAttendanceKinds(kinds: MessageKinds, needs: MessageNeeds): void {
  kinds.registerKind(lateKinds.asked, askedKind(needs))
  kinds.registerKind(lateKinds.decided, decidedKind(needs))
}

async function entriesOf(db: Reader, subjects: readonly string[]) {
  const found = new Map<string, Awaited<ReturnType<typeof selectEntries>>[number]>()
  const ids = subjects.map((each) => subjectId('late_entry', each))
  await inChunks(ids, 500, async (some) => {
    for (const row of await selectEntries(db, some)) found.set(subject('late_entry', row.entry.id), row)
  })
  return found
}

function selectEntries(db: Reader, ids: readonly string[]) {
  return db
    .select({
      entry: lateEntries,
      event: events,
      shift: shifts,
      zoneName: zones.name,
      personName: persons.name,
      participation: participations,
    })
    .from(lateEntries)
    .innerJoin(assignments, eq(assignments.id, lateEntries.assignmentId))
    .innerJoin(participations, eq(participations.id, assignments.participationId))
    .innerJoin(persons, eq(persons.id, assignments.personId))
    .innerJoin(shifts, eq(shifts.id, lateEntries.shiftId))
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .innerJoin(events, eq(events.id, lateEntries.eventId))
    .where(inArray(lateEntries.id, [...ids]))
}

const what = {
  zh: '日期和地点',
  en: 'day and place',
  sample: '3月4日解放北路',
  longest: '12月31日南芬街道中心社区便民服务大厅',
}

function phoneLink({ publicUrl }: MessageNeeds): string {
  return new URL('/m', publicUrl).href
}

function askedKind(needs: MessageNeeds): KindDefinition {
  const zh = '{people}申请补录{what}到岗，请于两个工作日内核实'
  const en = '{people} asked to be recorded, {what}. Please check within two working days'
  return {
    zh: '补录申请（致核实人）',
    en: 'A late entry was asked for',
    smsParts: 2,
    variables: {
      people: { zh: '姓名', en: 'people', sample: '王*', longest: '欧阳**明、上官**华', required: true },
      what,
      link: { zh: '待办地址', en: 'where it is decided', sample: phoneLink(needs), link: true },
    },
    words: {
      sms: {
        body: { zh: `${zh} {link}`, en: `${en}: {link}` },
        withoutLinks: { zh: `${zh}。`, en: `${en}.` },
      },
      email: {
        subject: { zh: '补录申请：{people}', en: 'A late entry: {people}' },
        body: { zh: `${zh}。\n\n{link}\n`, en: `${en}.\n\n{link}\n` },
      },
    },
    async stillDue(reader, subjects) {
      const found = await entriesOf(reader, subjects)
      return new Set(subjects.filter((each) => found.get(each)?.entry.decidedAt === null))
    },
    async readersOf(reader, subjects) {
      const holders: OfficeHolder[] = []
      for (const [each, { entry, participation }] of await entriesOf(reader, subjects)) {
        const deciders = await peopleOf(reader, await askedSoFar(reader, entry))
        for (const holderId of deciders)
          holders.push({ subject: each, holderId, aboutId: participation.personId })
      }
      return officeReaders(reader, holders)
    },
    async render(reader, messages, { locale }) {
      const found = await entriesOf(reader, messages.flat())
      return messages.map((subjects) => {
        const known = subjects.flatMap((each) => found.get(each) ?? [])
        const [first] = known
        if (!first) return undefined
        const names = [...new Set(known.map(({ personName }) => maskName(personName)))]
        const day = dayText(first.shift.startsAt, first.event.timeZone, locale)
        return {
          people: names.join(locale === 'zh' ? '、' : ', '),
          what: locale === 'zh' ? `${day}${first.zoneName}` : `${day} ${first.zoneName}`,
          link: phoneLink(needs),
        }
      })
    },
  }
}

function decidedKind(needs: MessageNeeds): KindDefinition {
  const zh = '{who}：{what}的补录申请{outcome}'
  const en = '{who}: the late entry of {what} {outcome}'
  return {
    zh: '补录结果',
    en: 'A late entry was decided',
    smsParts: 2,
    variables: {
      who: { zh: '姓名', en: 'name', sample: '王*', longest: '欧阳**明' },
      what,
      outcome: {
        zh: '结果',
        en: 'outcome',
        sample: '已通过',
        longest: '未通过（原因：现场点名表中没有该人员的记录）',
        required: true,
      },
      link: {
        zh: '查看地址',
        en: 'where it stands',
        sample: linkTo(needs.publicUrl, '0123456789AB'),
        link: true,
      },
    },
    words: {
      sms: {
        body: { zh: `${zh}，详见 {link}`, en: `${en}. {link}` },
        withoutLinks: { zh: `${zh}。`, en: `${en}.` },
      },
      email: {
        subject: { zh: '补录结果：{what}', en: 'A late entry: {what}' },
        body: { zh: `${zh}。\n\n{link}\n`, en: `${en}.\n\n{link}\n` },
      },
    },
    async stillDue(reader, subjects) {
      const found = await entriesOf(reader, subjects)
      return new Set(subjects.filter((each) => found.get(each)?.entry.decidedAt != null))
    },
    async readersOf(reader, subjects) {
      const readers = new Map<string, OfficeReader[]>()
      for (const [each, { entry, participation }] of await entriesOf(reader, subjects)) {
        const told = await toldOfDecision(reader, entry, participation.personId)
        const at = told.map((contactId) => ({ contactId, personId: participation.personId }))
        readers.set(each, at)
      }
      return readers
    },
    async render(reader, messages, { locale }) {
      const found = await entriesOf(reader, messages.flat())
      return messages.map((subjects) =>
        subjects.flatMap((each) => {
          const known = found.get(each)
          return known ? [decidedValues(needs, known, locale)] : []
        }),
      )
    },
  }
}

function decidedValues(
  needs: MessageNeeds,
  {
    entry,
    event,
    shift,
    zoneName,
    personName,
    participation,
  }: Awaited<ReturnType<typeof selectEntries>>[number],
  locale: 'zh' | 'en',
) {
  const token = entry.askedByUserId === null ? linkTokenOf(needs.keys, participation) : undefined
  const day = dayText(shift.startsAt, event.timeZone, locale)
  const reason = entry.decisionReason ?? ''
  const outcome =
    locale === 'zh'
      ? entry.approved
        ? '已通过'
        : `未通过（原因：${reason}）`
      : entry.approved
        ? 'was approved'
        : `was refused (${reason})`
  return {
    who: maskName(personName),
    what: locale === 'zh' ? `${day}${zoneName}` : `${day} ${zoneName}`,
    outcome,
    link: token ? linkTo(needs.publicUrl, token) : phoneLink(needs),
  }
}
