/** The list of tasks that offices fill in: its columns, how each is filled in, and an example. */
import type { SheetTemplate } from '#modules/imports/index.ts'

const given = (text: string) => ({ zh: text, en: text })

export const taskTemplate: SheetTemplate = {
  title: {
    zh: '创建文明城市任务清单',
    en: 'Tasks of the campaign',
    hint: {
      zh: '请改为清单的标题；与本单位已有的清单同名时，导入到该清单中',
      en: 'Write the title of the book; where your unit has one of this title, the rows go into it',
    },
  },
  columns: [
    {
      field: 'number',
      hint: { zh: '如一、（一）1.', en: 'Such as 1 or 1.2' },
    },
    {
      field: 'taskText',
      required: true,
      example: { zh: '整治农贸市场周边占道经营', en: 'Clear the pavements around markets' },
    },
    {
      field: 'acceptance',
      hint: { zh: '做到什么程度算完成', en: 'What has to be there when it is done' },
      example: { zh: '无占道经营、无乱堆乱放', en: 'Nothing stands on the pavement' },
    },
    {
      field: 'leadUnits',
      required: true,
      hint: { zh: '承担任务的单位，只填一个', en: 'The one unit that owes it' },
      example: given('市城管局'),
    },
    {
      field: 'supportUnits',
      hint: { zh: '用顿号分隔', en: 'Separated by 、' },
      example: given('市市场监管局、市商务局'),
    },
    {
      field: 'due',
      required: true,
      hint: {
        zh: '如6月底前、每月25日前、15个工作日内、长期坚持',
        en: 'A day, a limit, or standing work, as lists write it in Chinese',
      },
      example: given('15个工作日内'),
    },
  ],
}
