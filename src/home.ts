import Type from 'typebox'
import { accountPage, landingOf, permissionsIn } from '#modules/accounts/index.ts'
import { readPersonalCode } from '#modules/mobilization/index.ts'
import type { Actor } from '#platform/http/access.ts'
import { type Html, html, raw } from '#platform/http/html.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { sendPage } from '#platform/http/layout.ts'
import { Form } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'

const words = {
  zh: {
    title: '城市志愿服务动员平台',
    lead: '组织动员、岗位排班、短信邀请、到岗签到、即时统计',
    mine: '志愿者入口',
    code: '个人码',
    hint: '短信里的12位字母和数字，大小写不限。',
    open: '查看我的岗位',
    unreadable: '个人码是12位字母和数字，请对照短信再输一次。',
    staff: '工作人员登录',
    signIn: '登录',
    signedInAs: '您已登录：',
    enter: '进入工作台',
    account: '我的账号',
    signOut: '退出登录',
    docs: '接口文档',
    health: '服务状态',
    other: 'English',
  },
  en: {
    title: 'Volunteers, mobilized and scheduled',
    lead: 'Mobilizes a city’s volunteers: plans their shifts, invites each of them, checks them in, reports the day.',
    mine: 'I am a volunteer',
    code: 'Personal code',
    hint: 'The 12 letters and digits in your message; upper or lower case.',
    open: 'Open my shifts',
    unreadable: 'A code has 12 letters and digits. Compare it with your message and try again.',
    staff: 'Staff',
    signIn: 'Sign in',
    signedInAs: 'You are signed in as ',
    enter: 'Open the console',
    account: 'My account',
    signOut: 'Sign out',
    docs: 'API documentation',
    health: 'State of the service',
    other: '中文',
  },
} as const

/** Sign-out is accepted from own pages only, so the browser must be allowed to send the referrer. */
const sameOrigin = html`<meta name="referrer" content="same-origin">`

/** The card for staff: sign in; when signed in, the name, a link to the first page of the console, and sign out. */
function staffCard(language: Language, actor: Actor | null): Html {
  const w = words[language]
  if (!actor) {
    return html`<section class="card"><h2>${w.staff}</h2>
<p><a class="button" href="/sign-in?lang=${language}">${w.signIn}</a></p></section>`
  }
  const landing = landingOf(permissionsIn(actor.grants))
  return html`<section class="card"><p>${w.signedInAs}<strong>${actor.name}</strong></p>
<a class="button primary" href="${landing}">${landing === accountPage ? w.account : w.enter}</a>
<form method="post" action="/sign-out"><button>${w.signOut}</button></form></section>`
}

/** @param unreadable a typed text that is not a personal code */
function home(language: Language, actor: Actor | null, unreadable?: string): Html {
  const w = words[language]
  const other = language === 'zh' ? 'en' : 'zh'
  const failed = unreadable !== undefined
  return html`<h1>${w.title}</h1><p>${w.lead}</p>
<section class="card"><h2>${w.mine}</h2>
<form method="post" action="/c?lang=${language}"><label for="code">${w.code}</label>
<input class="code" id="code" name="code" required maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="hint" value="${unreadable}"${failed && raw(' aria-invalid="true" autofocus')}>
<p class="${failed ? 'note bad' : 'soft'}" id="hint"${failed && raw(' role="alert"')}>${failed ? w.unreadable : w.hint}</p>
<button class="primary" type="submit">${w.open}</button></form></section>
${staffCard(language, actor)}
<p class="soft"><a href="/?lang=${other}" hreflang="${other}" lang="${other === 'zh' ? 'zh-CN' : 'en'}">${w.other}</a> · <a href="/api/docs/">${w.docs}</a> · <a href="/health/ready">${w.health}</a></p>`
}

/**
 * The home page: for volunteers a form for the personal code, for staff the sign-in. `POST /c` redirects a well-formed
 * code to its page, which checks whether the code exists.
 */
export function homePages(app: App): void {
  app.route({
    method: 'GET',
    url: '/',
    config: { access: 'public', unlimited: true },
    handler: async (request, reply) => {
      const language = languageOf(request)
      reply.header('referrer-policy', 'same-origin')
      return sendPage(reply, {
        language,
        title: words[language].title,
        body: home(language, request.signedIn),
        head: sameOrigin,
      })
    },
  })
  app.route({
    method: 'GET',
    url: '/c',
    config: { access: 'public', unlimited: true },
    handler: async (_, reply) => reply.redirect('/', 302),
  })
  app.route({
    method: 'POST',
    url: '/c',
    config: { access: 'link' },
    schema: {
      body: Form({ code: Type.String({ maxLength: 100 }) }),
    },
    handler: async (request, reply) => {
      const { code } = request.body
      const token = readPersonalCode(code)
      if (token) return reply.redirect(`/c/${token}`, 303)
      const language = languageOf(request)
      const body = home(language, null, code)
      return sendPage(reply.status(422), { language, title: words[language].title, body })
    },
  })
}
