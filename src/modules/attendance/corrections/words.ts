import type { Language } from '#platform/http/language.ts'

/** The texts of the page on which somebody asks for a correction. */
export const correctionWords: Record<
  Language,
  Record<'title' | 'text' | 'name' | 'phone' | 'send' | 'back' | 'kindName' | 'kindPhone', string>
> = {
  zh: {
    title: '更正姓名或手机号',
    text: '请填写正确的姓名或手机号。单位核实后更正，结果会短信告知。',
    name: '正确的姓名',
    phone: '正确的手机号',
    send: '提交',
    back: '返回',
    kindName: '更正姓名',
    kindPhone: '更正手机号',
  },
  en: {
    title: 'Correct a name or number',
    text: 'Write the right name or the right number. Your unit checks it, and you get a message.',
    name: 'The right name',
    phone: 'The right number',
    send: 'Send',
    back: 'Back',
    kindName: 'The name',
    kindPhone: 'The number',
  },
}
