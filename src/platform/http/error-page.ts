import type { FastifyReply } from 'fastify'
import { html } from './html.ts'
import { type Language, languageOf } from './language.ts'
import { sendPage } from './layout.ts'
import type { Refusal } from './problem.ts'

type Words = Record<Language, { title: string; text: string }>

const missing: Words = {
  zh: { title: '找不到这个页面', text: '地址可能不完整，或者链接已经失效。请检查后再试。' },
  en: {
    title: 'There is no such page',
    text: 'The address may be incomplete, or the link is no longer valid.',
  },
}
const throttled: Words = {
  zh: { title: '请稍等片刻', text: '请求太多了。请过一分钟再试。' },
  en: { title: 'One moment, please', text: 'There were too many requests. Try again in a minute.' },
}
const unavailable: Words = {
  zh: { title: '暂时无法完成', text: '服务正忙，什么都没有改变。请再试一次。' },
  en: {
    title: 'Not possible right now',
    text: 'The service is busy and nothing was changed. Please try again.',
  },
}
const failed: Words = {
  zh: {
    title: '出了点问题',
    text: '问题已经记录下来。请再试一次；如果仍然不行，请把下面的编号告诉工作人员。',
  },
  en: {
    title: 'Something went wrong',
    text: 'It was recorded. Try again; if it stays, tell the staff the number below.',
  },
}
const refused: Words = {
  zh: { title: '这个请求没有被接受', text: '请返回上一页，检查后再试。' },
  en: { title: 'This was not accepted', text: 'Go back, check what you entered, and try again.' },
}

function wordsOf(status: number): Words {
  if (status === 404 || status === 410) return missing
  if (status === 429) return throttled
  if (status === 503) return unavailable
  return status >= 500 ? failed : refused
}

/** A refusal as a page for a person: what happened, what to do now, and the request's id for the staff. */
export function sendErrorPage(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const language = languageOf(reply.request)
  const { title, text } = wordsOf(refusal.status)[language]
  return sendPage(reply, {
    language,
    title,
    body: html`<h1>${title}</h1><p>${text}</p>
<p><a class="button" href="/">${language === 'zh' ? '回到首页' : 'To the first page'}</a></p>
<p class="soft">${refusal.code} · ${reply.request.id}</p>`,
  })
}
