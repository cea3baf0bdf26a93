import type { SheetVocabulary } from '#modules/imports/index.ts'
import { taskTemplate } from './template.ts'

/** How a list of tasks is recognised: its kind, and its headings as offices write them. */
export const taskSheets: SheetVocabulary = {
  kinds: {
    tasks: {
      called: { zh: '任务清单', en: 'Tasks' },
      all: ['taskText'],
      any: [['leadUnits', 'owingUnits', 'supportUnits', 'due', 'acceptance', 'unit']],
      none: ['name', 'guardian', 'teacher', 'class'],
      uses: [
        'number',
        'taskGroup',
        'taskText',
        'acceptance',
        'leadUnits',
        'owingUnits',
        'supportUnits',
        'unit',
        'due',
      ],
      dividers: 'above',
    },
  },
  fields: {
    taskText: {
      zh: '工作任务',
      en: 'Task',
      read: 'prose',
      also: [
        '任务',
        '任务内容',
        '任务名称',
        '重点任务',
        '主要任务',
        '具体任务',
        '整改任务',
        '工作内容',
        '工作事项',
        '重点工作',
        '工作举措',
        '工作项目',
        '工作要点',
        '整改内容',
        '整改事项',
        '存在问题',
        '问题清单',
        '问题描述',
        '测评内容',
        '事项',
        '交办事项',
        '责任事项',
        '具体内容',
        '项目内容',
        '重点任务及内容',
      ],
    },
    taskGroup: {
      zh: '任务类别',
      en: 'Group of tasks',
      read: 'line',
      also: [
        '一级指标',
        '二级指标',
        '测评指标',
        '测评项目',
        '指标',
        '指标名称',
        '项目',
        '项目类别',
        '工作类别',
        '板块',
        '专项行动',
        '分类',
        '大项',
      ],
    },
    acceptance: {
      zh: '达标要求',
      en: 'What has to be there',
      read: 'prose',
      also: [
        '测评标准',
        '工作标准',
        '完成标准',
        '达标标准',
        '验收标准',
        '考核标准',
        '标准要求',
        '工作要求',
        '整改要求',
        '整改标准',
        '整改目标',
        '目标要求',
        '工作目标',
        '具体要求',
        '整改措施',
        '标准',
      ],
    },
    leadUnits: {
      zh: '牵头单位',
      en: 'Lead unit',
      read: 'line',
      also: ['主责单位', '牵头部门', '主责部门', '主要责任单位', '第一责任单位', '牵头责任单位', '责任主体'],
    },
    owingUnits: {
      zh: '责任单位',
      en: 'Unit that owes it',
      read: 'line',
      also: [
        '责任部门',
        '承办单位',
        '承办部门',
        '落实单位',
        '整改单位',
        '整改责任单位',
        '主办单位',
        '实施单位',
      ],
    },
    supportUnits: {
      zh: '配合单位',
      en: 'Supporting units',
      read: 'line',
      also: ['协办单位', '协助单位', '配合部门', '协办部门', '参与单位', '协同单位', '配合责任单位'],
    },
    due: {
      zh: '完成时限',
      en: 'Due',
      read: 'when',
      also: [
        '整改时限',
        '完成时间',
        '整改期限',
        '完成期限',
        '办理时限',
        '办理期限',
        '时限',
        '时间节点',
        '时间要求',
        '时限要求',
        '截止时间',
        '截止日期',
        '计划完成时间',
        '整改完成时间',
      ],
    },
    above: { zh: '所在部分', en: 'Part of the list', read: 'line', also: [] },
  },
  templates: { tasks: taskTemplate },
}

/** The values of a row of such a list. */
export interface TaskCells {
  number?: string
  taskGroup?: string
  taskText?: string
  acceptance?: string
  leadUnits?: string
  owingUnits?: string
  supportUnits?: string
  due?: string
  above?: string[]
}
