import { languageOf } from './language.ts'
import type { App } from './server.ts'

const marks = { zh: '演练-', en: 'rehearsal-' }

/**
 * Where the clock is simulated, whatever is downloaded says in its name that it is of a rehearsal: so that nobody takes its figures for real
 * ones. The pages say it in their bar.
 */
export function markDownloads(app: App): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const said = reply.getHeader('content-disposition')
    if (typeof said === 'string') {
      const mark = encodeURIComponent(marks[languageOf(request)])
      reply.header(
        'content-disposition',
        said
          .replace(/filename="/, `filename="${marks.en}`)
          .replace(/filename\*=UTF-8''/, `filename*=UTF-8''${mark}`),
      )
    }
    return payload
  })
}
