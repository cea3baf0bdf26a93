import type { KeyRing } from '#platform/crypto/index.ts'

const purpose = 'mail_id'
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const withProof = new RegExp(`^(${uuid})\\.(\\S{1,60})$`, 'i')

/** Under which ids mails go out, and whose mail is meant by an id that comes back. */
export interface MailIds {
  idOf(messageId: string): string
  /** Our id of the message; null: it is none that we gave. */
  messageOf(mailId: string): string | null
}

/**
 * Ids of mails carry a keyed proof. Anybody may write to the address that mails come back to, and whoever reads the list of
 * messages knows our ids: without a proof they could say of a mailbox that it does not exist, for all who share it.
 */
export function mailIdsOf(keys: Pick<KeyRing, 'keyedHash' | 'matchesHash'>): MailIds {
  return {
    idOf: (messageId) => `${messageId}.${keys.keyedHash(purpose, messageId)}`,
    messageOf(mailId) {
      const [, id, proof] = withProof.exec(mailId) ?? []
      const messageId = id?.toLowerCase()
      return messageId && proof && keys.matchesHash(purpose, messageId, proof) ? messageId : null
    },
  }
}
