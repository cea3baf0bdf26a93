import type { MessageKinds } from '#modules/messaging/index.ts'
import { consentEnteredKind } from '../consents/consent-entered.ts'
import { correctionKind } from '../corrections/correction-kind.ts'
import {
  inChargeCancelledKind,
  inChargeKind,
  inChargeMovedKind,
  inChargeReplacedKind,
} from '../in-charge/in-charge-kind.ts'
import {
  cancellationKind,
  changeKind,
  eventCancellationKind,
  guardianCancellationKind,
  guardianChangeKind,
  removalKind,
} from '../notices/notice-kinds.ts'
import { unitAskedKind, unitCancelledKind, unitChangedKind, unitRemindedKind } from '../quotas/unit-kinds.ts'
import { guardianInvitationKind, invitationKind } from './invitation-kind.ts'
import { guardianKinds, kindNames } from './message-kind-names.ts'
import type { MessageNeeds } from './place-values.ts'
import { guardianReminderKind, reminderKind } from './reminder-kind.ts'
import { wrongNumberKind } from './wrong-number-kind.ts'

/** Registers all kinds of message of this slice. */
export function registerMobilizationKinds(kinds: MessageKinds, needs: MessageNeeds): void {
  kinds.registerKind(kindNames.invitation, invitationKind(needs))
  kinds.registerKind(guardianKinds.invitation, guardianInvitationKind(needs))
  kinds.registerKind(kindNames.reminder, reminderKind(needs))
  kinds.registerKind(guardianKinds.reminder, guardianReminderKind(needs))
  kinds.registerKind(kindNames.change, changeKind(needs))
  kinds.registerKind(guardianKinds.change, guardianChangeKind(needs))
  kinds.registerKind(kindNames.cancellation, cancellationKind(needs))
  kinds.registerKind(guardianKinds.cancellation, guardianCancellationKind(needs))
  kinds.registerKind(kindNames.removal, removalKind(needs, false))
  kinds.registerKind(guardianKinds.removal, removalKind(needs, true))
  kinds.registerKind(kindNames.event_cancellation, eventCancellationKind(needs, false))
  kinds.registerKind(guardianKinds.event_cancellation, eventCancellationKind(needs, true))
  kinds.registerKind(kindNames.wrongNumber, wrongNumberKind())
  kinds.registerKind(kindNames.consentEntered, consentEnteredKind(needs))
  kinds.registerKind(kindNames.unitAsked, unitAskedKind(needs))
  kinds.registerKind(kindNames.unitReminded, unitRemindedKind(needs))
  kinds.registerKind(kindNames.unitChanged, unitChangedKind(needs))
  kinds.registerKind(kindNames.unitCancelled, unitCancelledKind())
  kinds.registerKind(kindNames.inCharge, inChargeKind())
  kinds.registerKind(kindNames.inChargeMoved, inChargeMovedKind())
  kinds.registerKind(kindNames.inChargeCancelled, inChargeCancelledKind())
  kinds.registerKind(kindNames.inChargeReplaced, inChargeReplacedKind())
  kinds.registerKind(kindNames.correction, correctionKind())
}
