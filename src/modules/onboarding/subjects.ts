import { subjectKinds } from '#modules/messaging/index.ts'

/**
 * The subjects of messages about accounts: a one-time link, a code, a changed number, a team that was handed over, roles
 * that one human holds and two must. */
export const { subject, subjectId, kindOf } = subjectKinds(
  'activation',
  'login-code',
  'phone-change-old',
  'phone-change-new',
  'phone-changed',
  'handed-over',
  'officer-change',
  'roles-together',
)
