import type { Language } from '#platform/http/language.ts'

type Word =
  | 'title'
  | 'intro'
  | 'record'
  | 'held'
  | 'contacts'
  | 'listedBy'
  | 'school'
  | 'consents'
  | 'accesses'
  | 'none'
  | 'rights'
  | 'correct'
  | 'back'
  | 'sex'
  | 'birthYear'
  | 'birthDateOrResidence'
  | 'identityNumber'
  | 'serviceCategory'
  | 'skills'

/** The texts of the page that says what is held about somebody. */
export const ownDataWords: Record<Language, Record<Word, string>> = {
  zh: {
    title: '本系统留存的信息',
    intro:
      '以下为登记单位提供、由本系统保存的信息。为防链接误入他人之手，具体内容不在此显示，可向登记单位当面查询。',
    record: '姓名',
    held: '已留存',
    contacts: '联系方式',
    listedBy: '登记单位',
    school: '学校',
    consents: '有效的监护人意见',
    accesses: '完整信息查看记录',
    none: '无',
    rights: '需要复制、更正或删除的，请在下方申请更正，或联系登记单位。依法须保留的服务记录除外。',
    correct: '更正姓名或手机号',
    back: '返回',
    sex: '性别',
    birthYear: '出生年份',
    birthDateOrResidence: '出生日期或居住地',
    identityNumber: '身份证号（加密）',
    serviceCategory: '服务类别',
    skills: '技能',
  },
  en: {
    title: 'What is held about you',
    intro:
      'Your unit gave this to the service. The link may reach somebody else, so the values are not shown here; your unit tells you them in person.',
    record: 'Name',
    held: 'Held',
    contacts: 'Numbers and addresses',
    listedBy: 'Listed by',
    school: 'The school',
    consents: 'Guardians’ statements that stand',
    accesses: 'When the full data was opened',
    none: 'None',
    rights:
      'For a copy, a correction or deletion, ask below, or ask your unit. Recorded service has to be kept by law.',
    correct: 'Correct a name or number',
    back: 'Back',
    sex: 'sex',
    birthYear: 'year of birth',
    birthDateOrResidence: 'birth date or residence',
    identityNumber: 'identity number (encrypted)',
    serviceCategory: 'service category',
    skills: 'skills',
  },
}

/** What differs where a guardian reads it. */
export const guardianDataWords: Record<Language, Partial<Record<Word, string>>> = {
  zh: {
    title: '本系统留存的孩子信息',
    intro:
      '以下为学校提供、由本系统保存的孩子信息。为防链接误入他人之手，具体内容不在此显示，可向学校当面查询。',
    record: '孩子姓名',
    rights: '需要复制、更正或删除的，请在下方申请更正，或联系学校。依法须保留的服务记录除外。',
    correct: '更正孩子姓名或家长手机号',
  },
  en: {
    title: 'What is held about your child',
    intro:
      'The school gave this to the service. The link may reach somebody else, so the values are not shown here; the school tells you them in person.',
    record: 'Your child',
    rights:
      'For a copy, a correction or deletion, ask below, or ask the school. Recorded service has to be kept by law.',
    correct: 'Correct your child’s name or your number',
  },
}
