import { useWords } from '../words/index.ts'

const historyZh = {
  title: '变更记录',
  none: '没有变更记录。',
  more: '更早的记录',
  me: '您',
  colleague: '工作人员',
  bySystem: '系统',
  byLink: '通过个人链接',
}

const historyEn: typeof historyZh = {
  title: 'What was changed',
  none: 'Nothing was recorded.',
  more: 'Earlier entries',
  me: 'You',
  colleague: 'A member of staff',
  bySystem: 'The system',
  byLink: 'Behind a personal link',
}

export const historyWords = { zh: historyZh, en: historyEn }

/** The words of the history of a thing: few, so both languages come with it. */
export function useHistoryWords() {
  const speech = useWords()
  return { ...speech, r: historyWords[speech.language] }
}
