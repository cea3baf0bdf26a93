import { DateTime } from 'luxon'
import { linkRevoked, linkUnknown, participationByLink } from '#modules/mobilization/index.ts'
import { consentWays, consentWords, memberRoles, relations } from '#modules/organisation/index.ts'
import { type Html, html } from '#platform/http/html.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { sendPage } from '#platform/http/layout.ts'
import { problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { LinkParams } from '../contract.ts'
import { openLink } from '../open-link.ts'
import { pathOf } from '../page/parts.ts'
import { linkStyle } from '../page/style.ts'
import { OwnData } from './contract.ts'
import { type AccessTexts, ownDataOf } from './read.ts'
import { guardianDataWords, ownDataWords } from './words.ts'

/** 本人信息: what is held about the person behind a link (个人信息保护法 art. 45: to be told, and to have it corrected). */
export function ownDataRoutes(app: App, context: AppContext, accessTexts: AccessTexts): void {
  const { db, keys, now } = context
  const read = async (token: string) => {
    const link = await participationByLink(db.read, keys, token)
    if (!link) throw linkUnknown()
    if (link.revokedAt) throw linkRevoked()
    const data = await ownDataOf(db.read, keys, { link, accessTexts, now: now() })
    return { data, timeZone: link.event.timeZone }
  }
  app.route({
    method: 'GET',
    url: '/api/c/:token/data',
    config: { access: 'link' },
    schema: {
      operationId: 'readOwnDataByPersonalLink',
      tags: ['个人链接 · personal links'],
      summary:
        '本系统留存的本人信息 · what is held about the person of the link, masked; reading changes nothing',
      params: LinkParams,
      response: { 200: ref(OwnData), ...problems },
    },
    handler: async ({ params }) => (await read(params.token)).data,
  })
  app.route({
    method: 'GET',
    url: '/c/:token/data',
    config: { access: 'link' },
    schema: { params: LinkParams },
    handler: async (request, reply) => {
      const language = languageOf(request)
      const { token } = request.params
      const { data, timeZone } = await read(token)
      const { readByGuardian } = (await openLink(context, token)).around
      const words = { ...ownDataWords[language], ...(readByGuardian ? guardianDataWords[language] : {}) }
      const body = pageOf(data, { language, token, timeZone, words })
      return sendPage(reply, { language, title: words.title, body, style: linkStyle })
    },
  })
}

interface Shown {
  language: Language
  token: string
  timeZone: string
  words: (typeof ownDataWords)[Language]
}

function pageOf(data: OwnData, { language, token, timeZone, words }: Shown): Html {
  const [comma, of] = language === 'zh' ? ['、', '：'] : [', ', ': ']
  const moment = (iso: string) => {
    const at = DateTime.fromISO(iso, { zone: timeZone })
    return language === 'zh' ? at.toFormat('yyyy年M月d日 HH:mm') : at.toFormat('yyyy-MM-dd HH:mm')
  }
  const { skills, ...flags } = data.person.held
  const held = [...Object.entries(flags), ['skills', skills > 0] as const]
    .filter(([, there]) => there)
    .map(([name]) => words[name as keyof typeof flags])
  const fact = (name: string, lines: readonly (string | Html)[]) =>
    html`<div><dt>${name}</dt><dd>${lines.length === 0 ? words.none : lines.map((line) => html`<div>${line}</div>`)}</dd></div>`
  const listed = data.listedBy.map(({ unit, team, role }) => {
    const place = [unit, team].filter(Boolean).join(' ') || words.school
    return `${place}${comma}${memberRoles[role][language]}`
  })
  return html`<h1>${words.title}</h1><p>${words.intro}</p><section class="card"><dl class="facts">
${fact(words.record, [data.person.maskedName])}
${fact(words.held, held.length > 0 ? [held.join(comma)] : [])}
${fact(
  words.contacts,
  data.contacts.map(({ masked, relation }) => `${masked}${comma}${relations[relation][language]}`),
)}
${fact(words.listedBy, listed)}
${fact(
  words.consents,
  data.consents.map(({ says, via, scope, givenAt }) => {
    return `${consentWords[says][language]}${of}${scope}${comma}${consentWays[via][language]}${comma}${moment(givenAt)}`
  }),
)}
${fact(
  words.accesses,
  data.accesses.map(({ at, text }) => `${moment(at)} ${text[language]}`),
)}
</dl></section><p>${words.rights}</p><p class="more"><a href="${pathOf({ token, language }, 'correction')}">${words.correct}</a><a href="/c/${encodeURIComponent(token)}?lang=${language}">${words.back}</a></p>`
}
