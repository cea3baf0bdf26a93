import { useSpeech } from '../../words/speech.ts'

const areaZh = {
  parts: '人员各部分',
  people: '人员',
  units: '单位',
  teams: '队伍与班级',
  imports: '导入名单',
  duplicates: '重复人员',
  requests: '申请',
  late: '补录',
  access: '未成年人信息查阅',
  users: '账号',
}

const areaEn: typeof areaZh = {
  parts: 'Parts of people',
  people: 'People',
  units: 'Units',
  teams: 'Teams and classes',
  imports: 'Imports',
  duplicates: 'Duplicates',
  requests: 'Requests',
  late: 'Entered afterwards',
  access: 'Data of minors',
  users: 'Accounts',
}

export const areaWords = { zh: areaZh, en: areaEn }

/** The names of the parts of the area 人员: few, so both languages come with its pages. */
export function useAreaWords(): typeof areaZh {
  return areaWords[useSpeech().language]
}
