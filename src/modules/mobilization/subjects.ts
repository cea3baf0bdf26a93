import { subjectKinds } from '#modules/messaging/index.ts'

/**
 * The message subjects of this slice: a participation, an assignment with the start of its reminder, a notice, a shift
 * with whoever is in charge, a correction, a quota, a consent.
 */
export const { subject, subjectId } = subjectKinds(
  'participation',
  'assignment',
  'notice',
  'in-charge',
  'correction',
  'quota',
  'consent',
)
