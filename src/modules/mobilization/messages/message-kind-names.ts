/** The kinds of message of this slice other than those for guardians; the values are the stored names. */
export const kindNames = {
  invitation: 'invitation',
  reminder: 'reminder',
  change: 'change',
  cancellation: 'cancellation',
  removal: 'removal',
  event_cancellation: 'event_cancellation',
  correction: 'correction',
  inCharge: 'in_charge',
  inChargeMoved: 'in_charge_moved',
  inChargeCancelled: 'in_charge_cancelled',
  inChargeReplaced: 'in_charge_replaced',
  wrongNumber: 'wrong_number',
  consentEntered: 'guardian_consent_entered',
  unitAsked: 'unit_asked',
  unitReminded: 'unit_reminded',
  unitChanged: 'unit_changed',
  unitCancelled: 'unit_event_cancellation',
} as const

/** The kind that a minor's guardian gets instead. */
export const guardianKinds = {
  invitation: 'guardian_invitation',
  reminder: 'guardian_reminder',
  change: 'guardian_change',
  cancellation: 'guardian_cancellation',
  removal: 'guardian_removal',
  event_cancellation: 'guardian_event_cancellation',
} as const

/** The kind of message for a person; guardians of minors get their own kind. */
export function kindFor(kind: keyof typeof guardianKinds, minor: boolean): string {
  return minor ? guardianKinds[kind] : kindNames[kind]
}
