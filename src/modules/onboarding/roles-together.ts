/** The message to the other officers that one human holds, by two accounts, roles that must be apart. */
import { eq } from 'drizzle-orm'
import { officersBeside } from '#modules/accounts/index.ts'
import { users } from '#modules/accounts/schema.ts'
import { type KindDefinition, type OfficeReader, queueMessages } from '#modules/messaging/index.ts'
import { contactIdOf, knownContactIds } from '#modules/organisation/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { subject, subjectId } from './subjects.ts'

export const rolesTogetherKind = 'account.roles_together'

/** One message an officer, account and day. */
const about = (userId: string, day: string) => subject('roles-together', `${userId}.${day}`)
const userOf = (told: string) => subjectId('roles-together', told).split('.')[0] as string

export function rolesTogether({ keys }: { keys: KeyRing }): KindDefinition {
  const body = {
    zh: '账号{login}与另一账号同属一人，所任角色须由不同人担任，请核查。',
    en: 'The account {login} and another one are of one human, with roles that two must hold. Please look into it.',
  }
  return {
    zh: '同一人担任须分设的角色（致三员）',
    en: 'Roles that must be apart are one human’s (to the officers)',
    smsParts: 1,
    toAccounts: true,
    variables: {
      login: { zh: '账号', en: 'login', sample: 'wanglianluo', longest: 'x'.repeat(30), required: true },
    },
    words: { sms: { body }, email: { subject: { zh: '角色须分设', en: 'Roles that must be apart' }, body } },
    stillDue: async (_, subjects) => new Set(subjects),
    async readersOf(reader, subjects) {
      const readers = new Map<string, OfficeReader[]>()
      for (const each of subjects) {
        const values = (await officersBeside(reader, keys, userOf(each))).map(({ phone }) => phone)
        const ids = await knownContactIds(reader, keys, { kind: 'phone', values })
        readers.set(
          each,
          ids.map((contactId) => ({ contactId, personId: null })),
        )
      }
      return readers
    },
    async render(reader, messages) {
      const rendered = []
      for (const [first] of messages) {
        const userId = first === undefined ? '' : userOf(first)
        const [user] = await reader.select({ login: users.login }).from(users).where(eq(users.id, userId))
        rendered.push(user)
      }
      return rendered
    },
  }
}

/** Tells the other officers. Idempotent. */
export async function tellRolesTogether(
  { db, keys, config, now }: AppContext,
  { userId }: { userId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const at = now()
    const told = about(userId, dayIn(at, config.timeZone))
    const subjects = [{ subject: told, personId: null }]
    const same = { kind: rolesTogetherKind, groupKey: told, generation: 1, eventId: null, subjects }
    for (const { phone } of await officersBeside(tx, keys, userId)) {
      const contactId = await contactIdOf(tx, keys, { kind: 'phone', value: phone }, at)
      await queueMessages(tx, [{ ...same, contactId, lane: 'change' }], at)
    }
  })
}
