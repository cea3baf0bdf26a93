import { subjectKinds } from '#modules/messaging/index.ts'

/** What messages tell of: a ranking that is open to appeals, an appeal that was decided. */
export const { subject, subjectId } = subjectKinds('ranking_drafted', 'appeal_decided')
