/** The closed sets of an import and what people call them: Chinese first, English second. */
import type { Words } from '../words.ts'

export const importStates = {
  received: { zh: '已接收', en: 'Received' },
  judging: { zh: '核对中', en: 'Judging' },
  judged: { zh: '待确认', en: 'Ready to commit' },
  committing: { zh: '写入中', en: 'Committing' },
  committed: { zh: '已入库', en: 'Committed' },
  undone: { zh: '已撤销', en: 'Undone' },
  failed: { zh: '未能处理', en: 'Failed' },
} as const satisfies Record<string, Words>
export type ImportState = keyof typeof importStates

/** What a sheet is a list of. */
export const listKinds = {
  people: { zh: '志愿者名单', en: 'Volunteers' },
  units: { zh: '单位名录', en: 'Units' },
  teams: { zh: '队伍名录', en: 'Teams' },
  heads: { zh: '人数统计', en: 'Heads without names' },
  classes: { zh: '师生名单', en: 'Class list' },
} as const satisfies Record<string, Words>
export type ListKind = keyof typeof listKinds

/** What a row of a sheet is. Only data is judged. */
export const rowKinds = {
  title: { zh: '标题', en: 'Title' },
  heading: { zh: '表头', en: 'Headings' },
  data: { zh: '数据', en: 'Data' },
  subtotal: { zh: '合计', en: 'Subtotal' },
  signature: { zh: '签字', en: 'Signature' },
  note: { zh: '说明', en: 'Note' },
} as const satisfies Record<string, Words>
export type RowKind = keyof typeof rowKinds

export const judgements = {
  new: { zh: '新增', en: 'New' },
  update: { zh: '更新', en: 'Update' },
  unchanged: { zh: '无变化', en: 'Unchanged' },
  duplicate: { zh: '表内重复', en: 'Duplicate in the file' },
  needs_decision: { zh: '待人工确认', en: 'Needs a decision' },
  skipped: { zh: '跳过', en: 'Skipped' },
  error: { zh: '错误', en: 'Error' },
} as const satisfies Record<string, Words>
export type Judgement = keyof typeof judgements

/** What somebody is asked. */
export const decisionKinds = {
  unit: { zh: '这是哪个单位?', en: 'Which unit is this?' },
  team: { zh: '这是哪支队伍?', en: 'Which team is this?' },
  person: { zh: '这是哪一位?', en: 'Which person is this?' },
} as const satisfies Record<string, Words>
export type DecisionKind = keyof typeof decisionKinds

/** What somebody may answer: this one that is known, a new one, or leave its rows out. */
export const decisionAnswers = {
  use: { zh: '就是它', en: 'This one' },
  create: { zh: '新建', en: 'A new one' },
  skip: { zh: '跳过', en: 'Leave out' },
} as const satisfies Record<string, Words>
export type DecisionAnswer = keyof typeof decisionAnswers
