import type { Widened } from '../../words/speech.ts'

/** What the pages made for paper say. */
export const printZh = {
  print: '打印',
  hint: '本页按纸张排版，打印时请保持原始比例。',
  paper: '纸张',
  roll: '签到表',
  time: '时间',
  place: '地点',
  work: '服务内容',
  meetingPoint: '集合地点',
  inCharge: '现场负责人',
  expected: (count: number) => `应到${count}人`,
  number: '序号',
  name: '姓名',
  team: '队伍',
  answer: '答复',
  accepted: '参加',
  unanswered: '未答复',
  arrived: '到岗',
  left: '离岗',
  note: '备注',
  signed: '现场负责人签字',
  date: '日期',
  wallMap: '网格挂图',
  truncated: '区域较多，只画出了一部分，请先按县区或类别筛选。',
  where: '位置图',
  code: '本区域网页的二维码',
  codeHint: '扫码查看本区域',
}

export type PrintWords = Widened<typeof printZh>
