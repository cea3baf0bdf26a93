import type { Widened } from '../../words/speech.ts'

/** What the pages of message templates say. */
export const templatesZh = {
  title: '消息模板',
  template: '消息模板',
  question: '各类消息怎么写，运营商能否发送？',
  templateQuestion: (channel: string) => `${channel}写什么，能否发送？`,
  kind: '消息种类',
  channel: '渠道',
  text: '内容',
  segments: '短信条数',
  state: '检查结果',
  usable: '可以发送',
  problems: (count: number) => `${count}处问题`,
  own: '已改写',
  signature: '短信签名',
  signatureHint: '须与在运营商报备的一致，不含括号。',
  filedAs: '报备编号',
  filedAsHint: '运营商审核通过后给的模板编号。',
  subjectZh: '中文主题',
  subjectEn: '英文主题',
  bodyZh: '中文内容',
  bodyEn: '英文内容',
  preview: '发出的样子',
  length: (characters: number, segments: number, max: number) =>
    `${characters}字，${segments}条，最多${max}条`,
  variables: '可用的变量',
  required: '必填',
  drop: '恢复原文',
  dropLead: '放弃改写的内容，恢复系统自带的文字。',
  dropped: '已恢复原文',
  readOnly: '您可以查看，不能修改。由市文明办修改。',
}

export type TemplateWords = Widened<typeof templatesZh>
