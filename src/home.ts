import { type Html, html } from '#platform/http/html.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { sendPage } from '#platform/http/layout.ts'
import type { App } from '#platform/http/server.ts'

const words = {
  zh: {
    title: '志愿者动员与排班',
    lead: '把一座城市的志愿者动员起来：排好岗位，逐一邀请，到岗签到，如实汇总。',
    mine: '我是志愿者',
    code: '邀请码',
    hint: '短信里的 12 位字母和数字，大小写不限。',
    open: '打开我的岗位',
    staff: '工作人员与开发者',
    docs: '接口文档',
    openapi: 'OpenAPI 文件',
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
    staff: 'For staff and developers',
    docs: 'API documentation',
    openapi: 'OpenAPI file',
    health: 'State of the service',
    other: '中文',
  },
} as const

function home(language: Language): Html {
  const w = words[language]
  const other = language === 'zh' ? 'en' : 'zh'
  return html`<h1>${w.title}</h1><p>${w.lead}</p>
<section class="card"><h2>${w.mine}</h2>
<form method="post" action="/c"><label for="code">${w.code}</label>
<input class="code" id="code" name="code" required maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="hint">
<p class="soft" id="hint">${w.hint}</p><button class="primary" type="submit">${w.open}</button></form></section>
<section class="card"><h2>${w.staff}</h2>
<p><a href="/api/docs/">${w.docs}</a> · <a href="/api/openapi.json">${w.openapi}</a> · <a href="/health/ready">${w.health}</a></p></section>
<p><a href="/?lang=${other}" hreflang="${other}" lang="${other}">${w.other}</a></p>`
}

/** The first page: what this is, and the way to whatever somebody came for. The console takes its place later. */
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
}
