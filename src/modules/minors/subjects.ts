import { subjectKinds } from '#modules/messaging/index.ts'

/** The subjects of messages of this slice: an emergency; a user and a day on which the limit was reached. */
export const { subject, subjectId } = subjectKinds('emergency', 'revelation-alarm')
