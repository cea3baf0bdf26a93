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
  /** More rules beside the common ones: a constant of the page. */
  style?: string
  /** Paths of scripts of ours, loaded deferred; the page works without them. */
  scripts?: readonly string[]
  /** Other lines of the head. */
  head?: Html
  /** Shown on top when time is simulated. */
  simulatedNow?: DateTime
}

const hashes = new Map<string, string>()

/** The source expression that lets exactly this inline style through the content security policy. */
function sourceOf(css: string): string {
  const known = hashes.get(css)
  if (known) return known
  const source = `'sha256-${createHash('sha256').update(css).digest('base64')}'`
  hashes.set(css, source)
  return source
}

function clockBar(now: DateTime, language: Language): Html {
  const text = now.setZone('Asia/Shanghai').toFormat('yyyy-MM-dd HH:mm')
  return html`<p class="clock" role="status">${language === 'zh' ? '模拟时间' : 'Simulated time'} ${text}</p>`
}

/** In the page itself: no request of its own for each of ten thousand phones. */
const icon = raw(
  `<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(`<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='8' fill='#b3261e'/><path d='M8 22V10l8 8 8-8v12' fill='none' stroke='#fff' stroke-width='3.5' stroke-linejoin='round'/></svg>`)}">`,
)

/** A whole page for a phone: zh or en, no script needed. */
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

function simulatedNowOf(clock: Clock): DateTime | undefined {
  return clock instanceof SimulatedClock ? clock.now() : undefined
}

/** Answers with a page: sets type, policy, and that nobody keeps a copy. */
export function sendPage(
  reply: FastifyReply,
  page: Omit<PageParts, 'simulatedNow' | 'language'> & { language?: Language },
): FastifyReply {
  const { clock } = reply.server
  const language = page.language ?? languageOf(reply.request)
  return reply
    .header('content-security-policy', policyWith(sourceOf(style + (page.style ?? ''))))
    .header('cache-control', 'no-store')
    .header('content-language', language === 'zh' ? 'zh-CN' : 'en')
    .header('vary', 'accept-language')
    .type('text/html; charset=utf-8')
    .send(layout({ ...page, language, simulatedNow: simulatedNowOf(clock) }).toString())
}

/** The strict policy of the whole service, with one more source of styles. */
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
