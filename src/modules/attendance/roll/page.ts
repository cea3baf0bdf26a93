import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { DomainError } from '#platform/errors.ts'
import { type Html, html } from '#platform/http/html.ts'
import { type Language, languageOf } from '#platform/http/language.ts'
import { sendPage } from '#platform/http/layout.ts'
import { Form, Id } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { newId } from '#platform/ids.ts'
import type { AppContext } from '#src/context.ts'
import { LinkParams, OperationId } from '../contract.ts'
import { periodText } from '../page/moments.ts'
import { callRoll } from './call.ts'
import { namesOf, type OpenedPass, openPass, unnamedOf } from './pass.ts'

const words = {
  zh: {
    title: '点名',
    here: (here: number, all: number) => `已到${here}人，应到${all}人。`,
    text: '请只为到场的人点“到”。点错了可以撤销。',
    unnamed: (people: number) =>
      `另有${people}人未列名：学生由带队老师清点，其他队的人员在班次开始前两小时起列出。`,
    come: '到',
    undo: '撤销',
    rest: '其余全部到场',
    restText: '除已答复不能参加和请假的人员外，名单上其余人员都记为到岗。',
    restSure: '确定',
    ended: {
      title: '点名凭证已失效',
      text: '凭证已收回或已过时限（班次结束后两小时）。请向联络员或现场负责人索取新的凭证。',
    },
    refused: '没有记录：班次尚未开始或已经结束。',
  },
  en: {
    title: 'Roll-call',
    here: (here: number, all: number) => `${here} of ${all} are here.`,
    text: 'Mark only those who are here. A mark can be taken back.',
    unnamed: (people: number) =>
      `${people} more are not named: pupils are counted by their teachers, people of other teams are named from two hours before.`,
    come: 'Here',
    undo: 'Undo',
    rest: 'All others are here',
    restText: 'Everybody else on the list is recorded as here, but those who cannot come or are excused.',
    restSure: 'Yes',
    ended: {
      title: 'This pass has ended',
      text: 'It was taken back, or two hours have passed since the end of the shift. Ask the liaison or the person in charge for a new one.',
    },
    refused: 'Nothing was recorded: the shift has not begun, or is over.',
  },
} as const

const style = `
.roll{list-style:none;margin:1rem 0;padding:0}.roll li{display:flex;flex-wrap:wrap;align-items:center;gap:.2rem .8rem;border-bottom:1px solid var(--line);padding:.3rem 0}.roll b{flex:1 1 6em;min-width:0}.roll small{display:block;font-weight:400;color:var(--soft)}.roll form{flex:0 0 auto;margin:0}.roll button{width:auto;min-width:6em;margin:0}.roll .is b::before{content:"✓ ";color:var(--green)}
`.trim()

const MarkForm = Form({
  operationId: OperationId,
  assignmentId: Type.Optional(Id),
  is: Type.Union([Type.Literal('present'), Type.Literal('absent'), Type.Literal('rest')]),
})

/** The page of a roll pass: names with one button each, on any phone, without JavaScript. GET changes nothing. */
export function rollPages(app: App, context: AppContext): void {
  const { db, keys, now } = context
  app.route({
    method: 'GET',
    url: '/roll/:token',
    config: { access: 'link' },
    schema: { params: LinkParams },
    handler: async (request, reply) => show(context, request, reply, request.params.token),
  })
  app.route({
    method: 'POST',
    url: '/roll/:token',
    config: { access: 'link' },
    schema: { params: LinkParams, body: MarkForm },
    handler: async (request, reply) => {
      const { token } = request.params
      const { operationId, assignmentId, is } = request.body
      const language = languageOf(request)
      try {
        const { holder } = await openPass(db.read, keys, token, now())
        const entries = assignmentId && is !== 'rest' ? [{ assignmentId, is }] : []
        const rest = is === 'rest' ? ('present' as const) : undefined
        const { shiftId } = holder.pass
        const answers = await callRoll(db, keys, {
          shiftId,
          operationId,
          rest,
          entries,
          by: holder,
          at: now(),
        })
        if (answers.some(({ result }) => result === 'not_open' || result === 'over')) {
          return show(context, request, reply.status(409), token, words[language].refused)
        }
      } catch (error) {
        return ended(request, reply, error)
      }
      return reply.redirect(`/roll/${encodeURIComponent(token)}?lang=${language}`, 303)
    },
  })
}

async function show(
  { db, keys, now }: AppContext,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  refusal?: string,
): Promise<FastifyReply> {
  const language = languageOf(request)
  try {
    const opened = await openPass(db.read, keys, token, now())
    const names = await namesOf(db.read, opened.holder.pass)
    const unnamed = await unnamedOf(db.read, opened.holder.pass, names.length)
    const body = page({ token, language, opened, names, unnamed, refusal })
    return sendPage(reply, { language, title: words[language].title, body, style })
  } catch (error) {
    return ended(request, reply, error)
  }
}

function ended(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof DomainError && error.code === 'roll_pass.ended')) throw error
  const { title, text } = words[languageOf(request)].ended
  return sendPage(reply.status(410), { title, body: html`<h1>${title}</h1><p class="card">${text}</p>` })
}

interface Roll {
  token: string
  language: Language
  opened: OpenedPass
  names: Awaited<ReturnType<typeof namesOf>>
  unnamed: number
  refusal?: string
}

function page({ token, language, opened, names, unnamed, refusal }: Roll): Html {
  const { shift, zone, team, event } = opened
  const w = words[language]
  const here = names.filter(({ checkInAt }) => checkInAt).length
  const action = `/roll/${encodeURIComponent(token)}?lang=${language}`
  const form = (is: string, text: string, assignmentId?: string, kind = '') =>
    html`<form method="post" action="${action}"><input type="hidden" name="operationId" value="${newId()}">${assignmentId && html`<input type="hidden" name="assignmentId" value="${assignmentId}">`}<input type="hidden" name="is" value="${is}"><button${kind && html` class="${kind}"`}>${text}</button></form>`
  const lines = names.map(
    ({ assignmentId, name, team: of, checkInAt }) =>
      html`<li${checkInAt && html` class="is"`}><b>${name}${!team && of && html`<small>${of}</small>`}</b>${checkInAt ? form('absent', w.undo, assignmentId, 'quiet') : form('present', w.come, assignmentId)}</li>`,
  )
  return html`<h1>${w.title}${team && html` · ${team.name}`}</h1><p>${shift.work} · ${zone.name}<br>${periodText(shift, event.timeZone, language)}</p>
${refusal && html`<p class="note bad" role="alert">${refusal}</p>`}
<p role="status"><strong>${w.here(here, names.length)}</strong></p><p class="soft">${w.text}</p>
<ul class="roll">${lines}</ul>${unnamed > 0 && html`<p class="soft">${w.unnamed(unnamed)}</p>`}
<details><summary>${w.rest}</summary><p>${w.restText}</p>${form('rest', w.restSure)}</details>`
}
