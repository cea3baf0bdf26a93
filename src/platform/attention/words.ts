/** Texts of the errors of alarms. */
export const attentionErrors = {
  'attention.missing': { zh: '没有这条提醒。', en: 'There is no such alarm.' },
  'attention.own': {
    zh: '这条提醒与您本人有关，须由他人核查。',
    en: 'This is about yourself: somebody else has to look at it.',
  },
} as const
