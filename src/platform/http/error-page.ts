import type { FastifyReply } from 'fastify'
import { html } from './html.ts'
import { type Language, languageOf } from './language.ts'
import { sendPage } from './layout.ts'

type Words = Record<Language, { title: string; text: string }>

const missing: Words = {
  zh: {
    title: '链接无效或不完整',
    text: '请从短信中重新打开，或到首页输入个人码；仍不行请联系队长。',
  },
  en: {
    title: 'The link is not valid or not complete',
    text: 'Open it again from the message, or type your personal code on the first page. If that does not help, ask the leader of your team.',
  },
}
const throttled: Words = {
  zh: { title: '操作过于频繁', text: '操作过于频繁，请一分钟后再试。' },
  en: { title: 'Too many requests', text: 'There were too many requests. Try again in a minute.' },
}
const unavailable: Words = {
  zh: { title: '系统繁忙', text: '系统繁忙，本次操作未生效，请稍后重试。' },
  en: {
    title: 'The service is busy',
    text: 'The service is busy and nothing was changed. Please try again later.',
  },
}
const failed: Words = {
  zh: { title: '系统异常', text: '问题已记录，请稍后重试；仍不行的，请将下方技术信息告知工作人员。' },
  en: {
    title: 'Something went wrong',
    text: 'It was recorded. Try again; if it stays, tell the staff the number below.',
  },
}
const refused: Words = {
  zh: { title: '提交未成功', text: '请返回上一页，核对填写的内容后重试。' },
  en: { title: 'This was not accepted', text: 'Go back, check what you entered, and try again.' },
}

function wordsOf(status: number): Words {
  if (status === 404 || status === 410) return missing
  if (status === 429) return throttled
  if (status === 503) return unavailable
  return status >= 500 ? failed : refused
}

/** What a status means to people, where nothing more is known. */
export function statusText(status: number, language: Language): string {
  return wordsOf(status)[language].text
}

/** An error as an HTML page: what happened, what to do now, and the request id for support. */
export function sendErrorPage(reply: FastifyReply, refusal: { status: number; code: string }): FastifyReply {
  const language = languageOf(reply.request)
  const { title, text } = wordsOf(refusal.status)[language]
  return sendPage(reply, {
    language,
    title,
    body: html`<h1>${title}</h1><p>${text}</p>
<p><a class="button" href="/">${language === 'zh' ? '回到首页' : 'To the first page'}</a></p>
<p class="soft">${language === 'zh' ? '技术信息：' : 'For the staff: '}${refusal.code} · ${reply.request.id}</p>`,
  })
}
