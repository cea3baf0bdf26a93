import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { events } from '#modules/events/schema.ts'
import type { KindDefinition } from '#modules/messaging/index.ts'
import { persons, teams } from '#modules/organisation/schema.ts'
import { maskName } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { type OfficeHolder, officeReaders } from '../office-readers.ts'
import { participations } from '../schema.ts'
import { subject, subjectId } from '../subjects.ts'
import { leaderOf } from './leader-of.ts'

async function revoked(db: Reader, subjects: readonly string[]) {
  const rows = await db
    .select({
      id: participations.id,
      because: participations.linkRevokedBecause,
      person: persons.name,
      personId: participations.personId,
      teamId: participations.teamId,
      team: teams.name,
      event: events.name,
    })
    .from(participations)
    .innerJoin(persons, eq(persons.id, participations.personId))
    .innerJoin(events, eq(events.id, participations.eventId))
    .leftJoin(teams, eq(teams.id, participations.teamId))
    .where(
      and(
        inArray(
          participations.id,
          subjects.map((each) => subjectId('participation', each)),
        ),
        isNotNull(participations.linkRevokedAt),
      ),
    )
  return new Map<string, (typeof rows)[number]>(rows.map((row) => [subject('participation', row.id), row]))
}

/**
 * 号码有误: tells the leader that a link reached a wrong person, until the link is renewed. The subjects are
 * `participation:ID`.
 */
export function wrongNumberKind(): KindDefinition {
  return {
    zh: '联系方式有误（致队长）',
    en: 'Wrong number (to the leader)',
    smsParts: 2,
    variables: {
      event: { zh: '活动名称', en: 'event', sample: '学雷锋志愿服务日', longest: '学雷锋志愿服务日集中行动' },
      team: {
        zh: '队伍',
        en: 'team',
        sample: '平山区雷锋志愿服务队',
        longest: '本溪满族自治县住房和城乡建设局志愿服务队',
      },
      people: { zh: '姓名', en: 'people', sample: '张*三', longest: '欧阳**明', required: true },
    },
    words: {
      sms: {
        body: {
          zh: '“{event}”{team}：收信人反映非{people}本人，原链接已停用。请核实号码后重新发送。',
          en: '{event}, {team}: the number of {people} is wrong; the receiver said so and the link is dead. Please correct it and send again.',
        },
      },
      email: {
        subject: { zh: '联系方式有误：{people}', en: 'Wrong number: {people}' },
        body: {
          zh: '“{event}”{team}：\n\n收信人反映非{people}本人，原链接已停用。请核实联系方式后重新发送。\n',
          en: '{event}, {team}:\n\nthe contact of {people} is wrong; the receiver said so and the link is dead. Please correct it and send again.\n',
        },
      },
    },
    stillDue: async (reader, subjects) => new Set((await revoked(reader, subjects)).keys()),
    async readersOf(reader, subjects) {
      const leaders = new Map<string, string | undefined>()
      const holders: OfficeHolder[] = []
      for (const [each, { teamId, personId }] of await revoked(reader, subjects)) {
        if (teamId === null) continue
        if (!leaders.has(teamId)) leaders.set(teamId, await leaderOf(reader, teamId))
        const holderId = leaders.get(teamId)
        if (holderId) holders.push({ subject: each, holderId, aboutId: personId })
      }
      return officeReaders(reader, holders)
    },
    async render(reader, messages, { locale }) {
      const facts = await revoked(reader, messages.flat())
      return messages.map((subjects) => {
        const known = subjects.flatMap((subject) => facts.get(subject) ?? [])
        if (!known[0]) return undefined
        const nameOf = ({ person, because }: (typeof known)[number]) =>
          `${maskName(person)}${because === 'not_guardian' ? (locale === 'zh' ? '家长' : '’s guardian') : ''}`
        const people = known.map(nameOf).join(locale === 'zh' ? '、' : ', ')
        return { event: known[0].event, team: known[0].team ?? '', people }
      })
    },
  }
}
