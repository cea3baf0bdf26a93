import type { Widened } from '../../words/speech.ts'

/** What the pages of schemes and standards say. */
export const schemesZh = {
  title: '测评体系',
  question: '按什么标准测评？',
  name: '名称',
  edition: '版次',
  editionOf: (edition: number) => `第${edition}版`,
  issuer: '编制单位',
  method: '计分方法',
  standards: '标准',
  standardCount: (count: number) => `${count}条`,
  state: '状态',
  anyState: '全部状态',
  publishedAt: '发布时间',
  none: '—',
  found: (shown: number, more: boolean) => (more ? `本页${shown}版，后面还有` : `共${shown}版`),
  empty: '还没有测评体系。',
  emptyFiltered: '没有符合条件的测评体系。',
  new: '新建测评体系',
  create: '新建',
  created: (name: string) => `已新建“${name}”`,
}
export type SchemeWords = Widened<typeof schemesZh>
