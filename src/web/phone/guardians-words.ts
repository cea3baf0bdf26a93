import type { Widened } from '../words/speech.ts'
import { useWords } from './words/index.ts'

/** What the page says: few words, so both languages come with it. */
export const guardiansZh = {
  ofClass: '本班学生的监护人',
  ofClassText: '班次开始前两小时至结束后两小时可查看，查看将逐人记录。',
  show: '显示监护人电话',
  until: (at: string) => `可查看至${at}`,
  noNumber: '没有可用的号码',
  emergency: '紧急联系监护人',
  emergencyText: '只在学生出现紧急情况时使用：学校、市文明办和安全审计员将同时收到通知。',
  name: '学生姓名',
  what: '发生了什么',
  whatHint: '至少4个字，如：摔伤，需送医',
  team: '哪个班级',
  choose: '请选择班级',
  call: '查看监护人电话',
  another: '再查一位',
  notYours: '这个岗位没有您可以联系的监护人。',
}

export const guardiansEn: Widened<typeof guardiansZh> = {
  ofClass: 'Guardians of your pupils',
  ofClassText:
    'They are shown from two hours before the shift until two hours after it. Each one shown is recorded.',
  show: 'Show the numbers of guardians',
  until: (at) => `Shown until ${at}`,
  noNumber: 'no working number',
  emergency: 'A guardian in an emergency',
  emergencyText: 'Only when a child needs it: the school, the city office and the auditors are told at once.',
  name: 'Name of the pupil',
  what: 'What happened',
  whatHint: 'At least 4 characters, such as: fell, has to see a doctor',
  team: 'Which class',
  choose: 'Choose the class',
  call: 'Show the guardian’s number',
  another: 'Another pupil',
  notYours: 'There are no guardians for you to call at this duty.',
}

export function useGuardianWords(): Widened<typeof guardiansZh> {
  return useWords().language === 'zh' ? guardiansZh : guardiansEn
}
