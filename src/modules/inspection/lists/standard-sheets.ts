import type { SheetVocabulary } from '#modules/imports/index.ts'
import { standardTemplate } from './templates.ts'

/**
 * How a list of standards is recognised. What it shares with lists of tasks (测评内容, 测评标准, 牵头单位, 整改时限) is read by
 * their fields.
 */
export const standardSheets: SheetVocabulary = {
  kinds: {
    standards: {
      called: { zh: '测评标准', en: 'Standards' },
      all: ['standardCode'],
      any: [['taskText', 'acceptance']],
      none: ['name', 'guardian', 'teacher', 'class'],
      uses: [
        'number',
        'standardCode',
        'pointClass',
        'taskGroup',
        'taskText',
        'acceptance',
        'standardWeight',
        'observations',
        'answerKind',
        'thresholds',
        'mayNotApply',
        'photoRule',
        'severity',
        'due',
        'leadUnits',
        'owingUnits',
        'supportUnits',
        'district',
      ],
      dividers: 'above',
    },
  },
  fields: {
    standardCode: {
      zh: '标准编码',
      en: 'Code of the standard',
      read: 'line',
      also: ['标准编号', '标准代码', '标准号', '测评编号', '测评编码', '测评标准编号', '测评标准编码'],
    },
    standardWeight: {
      zh: '权重',
      en: 'Weight',
      read: 'line',
      also: ['分值', '标准分', '标准分值', '满分', '分数', '权重分', '权数'],
    },
    observations: {
      zh: '观察次数',
      en: 'Observations',
      read: 'line',
      also: ['观测次数', '检查次数', '观察数', '观测数', '取样数'],
    },
    answerKind: {
      zh: '作答方式',
      en: 'Answer',
      read: 'line',
      also: ['记录方式', '评判方式', '打分方式', '测评方式'],
    },
    thresholds: {
      zh: '计分档',
      en: 'Thresholds',
      read: 'prose',
      also: ['计分规则', '计分标准', '扣分标准', '计分办法', '评分办法'],
    },
    mayNotApply: {
      zh: '可不适用',
      en: 'May not apply',
      read: 'line',
      also: ['允许不适用', '是否可不适用', '不适用'],
    },
    photoRule: {
      zh: '拍照要求',
      en: 'Pictures',
      read: 'line',
      also: ['照片要求', '取证要求', '是否拍照', '拍照'],
    },
    severity: {
      zh: '问题等级',
      en: 'Severity',
      read: 'line',
      also: ['严重程度', '问题级别', '问题程度'],
    },
  },
  also: { taskGroup: ['Indicator'], acceptance: ['Standard'] },
  templates: { standards: standardTemplate },
}

/** The values of a row of such a list. */
export interface StandardCells {
  standardCode?: string
  pointClass?: string
  taskGroup?: string
  taskText?: string
  acceptance?: string
  standardWeight?: string
  observations?: string
  answerKind?: string
  thresholds?: string
  mayNotApply?: string
  photoRule?: string
  severity?: string
  due?: string
  leadUnits?: string
  owingUnits?: string
  supportUnits?: string
  above?: string[]
}
