import type { MessageKinds } from '#modules/messaging/index.ts'
import { invitationKind, type MessageNeeds } from './invitation-kind.ts'
import { reminderKind } from './reminder-kind.ts'
import { wrongNumberKind } from './wrong-number-kind.ts'

export const kindNames = {
  invitation: 'invitation',
  reminder: 'reminder',
  wrongNumber: 'wrong-number',
} as const

/** The messages this slice causes, and what they say. */
export function registerMobilizationKinds(kinds: MessageKinds, needs: MessageNeeds): void {
  kinds.registerKind(kindNames.invitation, invitationKind(needs))
  kinds.registerKind(kindNames.reminder, reminderKind(needs))
  kinds.registerKind(kindNames.wrongNumber, wrongNumberKind())
}
