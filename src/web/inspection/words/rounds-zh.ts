import type { Widened } from '../../words/speech.ts'

/** What the pages of rounds say. */
export const roundsZh = {
  title: '督查轮次',
  question: '有哪些轮次，走到哪一步了？',
  new: '新建轮次',
  newQuestion: '这一轮测什么、抽多少、什么时候走？',
  create: '新建轮次',
  created: (label: string) => `已新建第${label}轮`,
  round: '轮次',
  roundQuestion: '这一轮走到哪一步了？',
  label: '轮次',
  name: '名称',
  kind: '类别',
  anyKind: '全部类别',
  state: '状态',
  anyState: '全部状态',
  scheme: '测评体系',
  edition: (edition: number) => `第${edition}版`,
  period: '时间',
  progress: '进度',
  visited: (received: number, visits: number) => `已走访${received}/${visits}`,
  notDrawn: '待抽样',
  cases: '整改问题',
  found: (shown: number, more: boolean) => (more ? `本页${shown}轮，后面还有` : `共${shown}轮`),
  empty: '还没有轮次。轮次公开后在这里显示。',
  emptyFiltered: '没有符合条件的轮次。',
}
export type RoundWords = Widened<typeof roundsZh>
