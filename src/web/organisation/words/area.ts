import { useSpeech } from '../../words/speech.ts'

const areaZh = {
  parts: '人员各部分',
  people: '人员',
  imports: '导入名单',
  duplicates: '重复人员',
  requests: '申请',
}

const areaEn: typeof areaZh = {
  parts: 'Parts of people',
  people: 'People',
  imports: 'Imports',
  duplicates: 'Duplicates',
  requests: 'Requests',
}

export const areaWords = { zh: areaZh, en: areaEn }

/** The names of the parts of the area 人员: few, so both languages come with its pages. */
export function useAreaWords(): typeof areaZh {
  return areaWords[useSpeech().language]
}
