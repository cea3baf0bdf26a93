import Type from 'typebox'
import { linkCharacters, readCrockford } from '#platform/crypto/index.ts'
import { type Html, html, raw } from '#platform/http/html.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { sendPage } from '#platform/http/layout.ts'
import { Form } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'

const words = {
  zh: {
    title: '志愿者动员与排班',
    lead: '把一座城市的志愿者动员起来：排好岗位，逐一邀请，到岗签到，如实汇总。',
    mine: '我是志愿者',
    code: '邀请码',
    hint: '短信里的 12 位字母和数字，大小写不限。',
    open: '打开我的岗位',
    unreadable: '邀请码是 12 位字母和数字，请对照短信再输一次。',
    staff: '工作人员与开发者',
    signIn: '登录',
    docs: '接口文档',
    health: '服务状态',
    other: 'English',
  },
  en: {
    title: 'Volunteers, mobilized and scheduled',
    lead: 'Mobilizes a city’s volunteers: plans their shifts, invites each of them, checks them in, reports the day.',
    mine: 'I am a volunteer',
    code: 'Invitation code',
    hint: 'The 12 letters and digits in your message; upper or lower case.',
    open: 'Open my shifts',
    unreadable: 'A code has 12 letters and digits. Compare it with your message and try again.',
    staff: 'For staff and developers',
    signIn: 'Sign in',
    docs: 'API documentation',
    health: 'State of the service',
    other: '中文',
  },
} as const

/** `unreadable`: what somebody typed that is no code. */
function home(language: Language, unreadable?: string): Html {
  const w = words[language]
  const other = language === 'zh' ? 'en' : 'zh'
  const failed = unreadable !== undefined
  return html`<h1>${w.title}</h1><p>${w.lead}</p>
<section class="card"><h2>${w.mine}</h2>
<form method="post" action="/c?lang=${language}"><label for="code">${w.code}</label>
<input class="code" id="code" name="code" required maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="hint" value="${unreadable}"${failed && raw(' aria-invalid="true" autofocus')}>
<p class="${failed ? 'note bad' : 'soft'}" id="hint"${failed && raw(' role="alert"')}>${failed ? w.unreadable : w.hint}</p>
<button class="primary" type="submit">${w.open}</button></form></section>
<section class="card"><h2>${w.staff}</h2>
<p><a href="/sign-in">${w.signIn}</a> · <a href="/api/docs/">${w.docs}</a> · <a href="/health/ready">${w.health}</a></p></section>
<p><a href="/?lang=${other}" hreflang="${other}" lang="${other}">${w.other}</a></p>`
}

/**
 * The first page: what this is, and the way to whatever somebody came for; the console takes its place later.
 * `POST /c` takes a code that was typed and leads to its page, which knows whether there is such a code.
 */
export function homePages(app: App): void {
  app.route({
    method: 'GET',
    url: '/',
    config: { access: 'public' },
    handler: async (request, reply) => {
      const language = languageOf(request)
      return sendPage(reply, { language, title: words[language].title, body: home(language) })
    },
  })
  app.route({
    method: 'GET',
    url: '/c',
    config: { access: 'public' },
    handler: async (_, reply) => reply.redirect('/', 302),
  })
  app.route({
    method: 'POST',
    url: '/c',
    config: { access: 'volunteer' },
    schema: {
      body: Form({ code: Type.String({ maxLength: 100 }) }),
    },
    handler: async (request, reply) => {
      const { code } = request.body
      const token = readCrockford(code, linkCharacters)
      if (token) return reply.redirect(`/c/${token}`, 303)
      const language = languageOf(request)
      const body = home(language, code)
      return sendPage(reply.status(422), { language, title: words[language].title, body })
    },
  })
}
