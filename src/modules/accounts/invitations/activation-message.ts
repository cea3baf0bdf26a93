import { and, eq, gt, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { activations, users } from '../schema.ts'
import { openPhone } from '../sealed.ts'
import { type ActivationPurpose, roleWords } from '../words.ts'
import { activationToken, activationUrl } from './activations.ts'
import { type Office, officeOf } from './office.ts'

export interface ActivationMessage {
  /** The person the account belongs to; null if it belongs to none. */
  personId: string | null
  /** The account's phone number. */
  phone: string
  purpose: ActivationPurpose
  name: string
  login: string
  /** What they are the account for: of the first team they lead, or else the first unit they keep. */
  office: Office | undefined
  /** The one-time link. It appears only in the message itself. */
  url: string
  expiresAt: DateTime
}

/**
 * The content of the message with a one-time link; undefined if the link is no longer valid or the account has no
 * number.
 */
export async function openActivationMessage(
  db: Reader,
  keys: KeyRing,
  publicUrl: URL,
  activationId: string,
  at: DateTime,
): Promise<ActivationMessage | undefined> {
  const [row] = await db
    .select({ activation: activations, user: users })
    .from(activations)
    .innerJoin(users, eq(users.id, activations.userId))
    .where(
      and(
        eq(activations.id, activationId),
        isNull(activations.usedAt),
        isNull(activations.revokedAt),
        gt(activations.expiresAt, at),
        isNull(users.disabledAt),
      ),
    )
  const phone = row && openPhone(keys, row.user)
  if (!phone) return undefined
  const { purpose, expiresAt } = row.activation
  const { name, login, personId } = row.user
  return {
    personId,
    phone,
    purpose,
    name,
    login,
    office: await officeOf(db, row.user.id),
    url: activationUrl(publicUrl, activationToken(keys, row.activation)),
    expiresAt,
  }
}

/** What somebody sets a password for, as a clause of a sentence: `您是住建局第一志愿服务队队长，`. */
export function officeText(
  { office, purpose }: Pick<ActivationMessage, 'office' | 'purpose'>,
  language: 'zh' | 'en',
): string {
  if (!office) return withoutOffice[purpose][language]
  const role = roleWords[office.role][language]
  return language === 'zh' ? `您是${office.over}${role}，` : `you are ${role.toLowerCase()} of ${office.over}`
}

const withoutOffice = {
  activation: { zh: '您的账号已开通，', en: 'your account is ready' },
  reset: { zh: '您的账号须重设密码，', en: 'your account needs a new password' },
} as const satisfies Record<ActivationPurpose, unknown>
