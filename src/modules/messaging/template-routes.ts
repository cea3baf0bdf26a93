import type { Reader } from '#platform/database/port.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { checkTemplate } from './check-template.ts'
import type { MessagingContext } from './context.ts'
import { TemplateChange, TemplateCheck, TemplateKey, TemplateList, TemplateView } from './contract.ts'
import { presentTemplate } from './present.ts'
import { assertEverything } from './reach.ts'
import { dropTemplate, kindOf, proposedTemplate, savedTemplate, saveTemplate } from './save-template.ts'
import { templates } from './schema.ts'
import type { Channel } from './words.ts'

const tags = ['消息模板 · message templates']
const url = '/api/message-templates/:kind/:channel'

/** 模板: routes to read, check, save and reset the template of each kind and channel. */
export function templateRoutes(app: App, context: MessagingContext): void {
  readingRoutes(app, context)
  writingRoutes(app, context)
}

function viewOf(
  { messaging, config }: MessagingContext,
  { kind, channel }: { kind: string; channel: Channel },
  saved: typeof templates.$inferSelect | undefined,
): TemplateView {
  const { signature } = config.messages
  const definition = kindOf(messaging, kind)
  return presentTemplate({
    kind,
    channel,
    definition,
    saved,
    provider: messaging.providers[channel],
    signature,
  })
}

async function readView(context: MessagingContext, reader: Reader, key: { kind: string; channel: Channel }) {
  return viewOf(context, key, await savedTemplate(reader, key))
}

function readingRoutes(app: App, context: MessagingContext): void {
  const { db, messaging, config } = context
  app.route({
    method: 'GET',
    url: '/api/message-templates',
    config: { access: 'messages.read' },
    schema: {
      operationId: 'listMessageTemplates',
      tags,
      summary: '模板列表 · the words of every kind on every channel, checked against the provider in use',
      response: { 200: TemplateList, ...problems },
    },
    handler: async () => {
      const saved = await db.read.select().from(templates)
      const items = messaging.kinds.names().flatMap((kind) =>
        (['sms', 'email'] as const).map((channel) =>
          viewOf(
            context,
            { kind, channel },
            saved.find((row) => row.kind === kind && row.channel === channel),
          ),
        ),
      )
      return { items }
    },
  })
  app.route({
    method: 'GET',
    url,
    config: { access: 'messages.read' },
    schema: {
      operationId: 'readMessageTemplate',
      tags,
      summary: '查看模板 · one template',
      params: TemplateKey,
      response: { 200: ref(TemplateView), ...problems },
    },
    handler: async ({ params }) => {
      const view = await readView(context, db.read, params)
      return view
    },
  })
  app.route({
    method: 'POST',
    url: `${url}/checks`,
    config: { access: 'messages.read' },
    schema: {
      operationId: 'checkMessageTemplate',
      tags,
      summary: '检查模板 · length, variables, signature and links, without saving',
      params: TemplateKey,
      body: TemplateChange,
      response: { 200: ref(TemplateCheck), ...problems },
    },
    handler: async ({ params: { kind, channel }, body }) =>
      checkTemplate(
        proposedTemplate(body, channel, config.messages.signature),
        channel,
        kindOf(messaging, kind),
        messaging.providers[channel].capabilities,
      ),
  })
}

function writingRoutes(app: App, context: MessagingContext): void {
  const { db, messaging, config, now } = context
  app.route({
    method: 'PUT',
    url,
    config: { access: 'messages.edit' },
    schema: {
      operationId: 'saveMessageTemplate',
      tags,
      summary: '保存模板 · refused with what is wrong when the provider could not carry it',
      params: TemplateKey,
      headers: IfMatch,
      body: TemplateChange,
      response: { 200: ref(TemplateView), ...problems },
    },
    handler: async (request) => {
      const { params, body, actor } = request
      assertEverything(actor, 'messages.edit')
      const version = requireIfMatch(request)
      const { signature } = config.messages
      const view = await db.transaction(async (tx) => {
        await saveTemplate(tx, messaging, {
          ...params,
          change: body,
          version,
          signature,
          by: actor,
          at: now(),
        })
        return readView(context, tx, params)
      })
      return view
    },
  })
  app.route({
    method: 'DELETE',
    url,
    config: { access: 'messages.edit' },
    schema: {
      operationId: 'dropMessageTemplate',
      tags,
      summary: '恢复默认 · back to the words the kind comes with',
      params: TemplateKey,
      headers: IfMatch,
      response: { 200: ref(TemplateView), ...problems },
    },
    handler: async (request) => {
      const { params, actor } = request
      assertEverything(actor, 'messages.edit')
      const version = requireIfMatch(request)
      const view = await db.transaction(async (tx) => {
        await dropTemplate(tx, { ...params, version, by: actor, at: now() })
        return readView(context, tx, params)
      })
      return view
    },
  })
}
