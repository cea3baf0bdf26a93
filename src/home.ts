import { html } from '#platform/http/html.ts'
import { languageOf } from '#platform/http/language.ts'
import { sendPage } from '#platform/http/layout.ts'
import type { App } from '#platform/http/server.ts'

/** The first page: what this is, and the way to whatever somebody came for. */
export function homePages(app: App): void {
  app.route({
    method: 'GET',
    url: '/',
    config: { access: 'public' },
    handler: async (request, reply) => {
      const language = languageOf(request)
      return sendPage(reply, {
        language,
        title: language === 'zh' ? '志愿者动员与排班' : 'Volunteers, mobilized and scheduled',
        body: html`<h1>集结</h1>`,
      })
    },
  })
}
