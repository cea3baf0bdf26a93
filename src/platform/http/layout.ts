import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { DateTime } from 'luxon'
import { type Clock, SimulatedClock } from '../time.ts'
import { type Html, html, raw } from './html.ts'
import { type Language, languageOf } from './language.ts'
import { style } from './style.ts'

export interface PageParts {
  language: Language
  title: string
  body: Html
  /** CSS of this page beside the common rules: a constant. */
  style?: string
  /** Paths of own scripts, loaded with `defer`; the page works without them. */
  scripts?: readonly string[]
  /** Other elements of `<head>`. */
  head?: Html
  /** The simulated time, shown at the top; absent with the real clock. */
  simulatedNow?: DateTime
}

const hashes = new Map<string, string>()

/** The CSP source expression (a hash) that allows exactly the inline style of a page with this CSS of its own. */
function sourceOf(own: string): string {
  const known = hashes.get(own)
  if (known) return known
  const source = `'sha256-${createHash('sha256')
    .update(style + own)
    .digest('base64')}'`
  hashes.set(own, source)
  return source
}

function clockBar(now: DateTime, language: Language): Html {
  const text = now.toFormat('yyyy-MM-dd HH:mm')
  return html`<p class="clock" role="status">${language === 'zh' ? '演练 · 模拟时间' : 'Rehearsal · simulated time'} ${text}</p>`
}

/** The CSS is inlined: it saves a request for each of ten thousand phones. */
const icon = raw(
  `<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(`<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='8' fill='#b3261e'/><path d='M8 22V10l8 8 8-8v12' fill='none' stroke='#fff' stroke-width='3.5' stroke-linejoin='round'/></svg>`)}">`,
)

/** A complete HTML page, for phones first, in zh or en; works without scripts. */
export function layout({
  language,
  title,
  body,
  style: own = '',
  scripts = [],
  head,
  simulatedNow,
}: PageParts): Html {
  const brand = language === 'zh' ? '集结 Muster' : 'Muster 集结'
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${title} · ${brand}</title>${icon}<style>${raw(style + own)}</style>${head}${scripts.map((path) => html`<script src="${path}" defer></script>`)}</head>
<body>${simulatedNow && clockBar(simulatedNow, language)}<header><a href="/">${brand}</a></header>
<main>${body}</main>
</body></html>`
}

function simulatedNowOf(clock: Clock, timeZone: string): DateTime | undefined {
  return clock instanceof SimulatedClock ? clock.now().setZone(timeZone) : undefined
}

/** Answers with a page: sets the content type, the CSP and `no-store`. */
export function sendPage(
  reply: FastifyReply,
  page: Omit<PageParts, 'simulatedNow' | 'language'> & { language?: Language },
): FastifyReply {
  const { clock, timeZone } = reply.server
  const language = page.language ?? languageOf(reply.request)
  return reply
    .header('content-security-policy', policyWith(sourceOf(page.style ?? '')))
    .header('content-language', language === 'zh' ? 'zh-CN' : 'en')
    .header('vary', 'accept-language')
    .type('text/html; charset=utf-8')
    .send(layout({ ...page, language, simulatedNow: simulatedNowOf(clock, timeZone) }).toString())
}

/** The strict CSP of the service, with one more style source. */
export function policyWith(styleSource = "'self'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styleSource === "'self'" ? "'self'" : `'self' ${styleSource}`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join(';')
}
