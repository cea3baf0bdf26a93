import type { Language } from '#platform/http/language.ts'

type Texts = Record<'title' | 'text' | 'name' | 'phone' | 'send' | 'back' | 'kindName' | 'kindPhone', string>

/** The texts of the page on which somebody asks for a correction. */
export const correctionWords: Record<Language, Texts> = {
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

/** What differs where a guardian reads it: the name is the child's, the number the parent's. */
export const guardianCorrectionWords: Record<Language, Partial<Texts>> = {
  zh: {
    title: '更正孩子姓名或家长手机号',
    text: '请填写孩子的正确姓名，或您的正确手机号。学校核实后更正，结果会短信告知。',
    name: '孩子的正确姓名',
    phone: '家长的正确手机号',
    kindName: '更正孩子姓名',
    kindPhone: '更正家长手机号',
  },
  en: {
    title: 'Correct your child’s name or your number',
    text: 'Write your child’s right name, or your right number. The school checks it, and you get a message.',
    name: 'Your child’s right name',
    phone: 'Your right number',
    kindName: 'Your child’s name',
    kindPhone: 'Your number',
  },
}
