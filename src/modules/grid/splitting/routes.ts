import Type from 'typebox'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { Performance, performAct, previewAct } from '#platform/previews/index.ts'
import { dayIn, isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { ZoneSplitPreview, ZoneSplitSpec, ZoneSplitView } from './contract.ts'
import type { ZoneHolder } from './holder.ts'
import { partsMade, splitZone } from './split-zone.ts'

const tags = ['区域 · zones']
const params = Type.Object({ zoneId: Id })
/** Outlines of twenty parts. */
const bodyBytesMax = 2 * 1024 * 1024

/** 拆分区域: routes to preview and do the split of a zone. */
export function splitRoutes(app: App, { db, now, config }: AppContext, holders: readonly ZoneHolder[]): void {
  const act = splitZone(holders)
  app.route({
    method: 'POST',
    url: '/api/zones/:zoneId/split/preview',
    config: { access: 'grid.edit' },
    bodyLimit: bodyBytesMax,
    schema: {
      operationId: 'previewZoneSplit',
      tags,
      summary: '预览拆分区域 · what hangs on a zone and which part it would go to; changes nothing',
      params,
      body: ZoneSplitSpec,
      response: { 200: ref(ZoneSplitPreview), ...problems },
    },
    handler: async ({ params: { zoneId }, body, actor: by }) => {
      const at = now()
      const spec = { ...body, zoneId, today: dayIn(at, config.timeZone) }
      const found = await previewAct(db, act, { subject: `zone:${zoneId}`, spec, by, at })
      return {
        token: found.token,
        expiresAt: isoOf(found.expiresAt),
        things: found.things.map(({ kind, id, name, startsAt, parts }) => {
          return { kind, id, name, startsAt: startsAt && isoOf(startsAt), parts }
        }),
        open: found.things.filter(({ parts }) => parts.length === 0).length,
      }
    },
  })
  app.route({
    method: 'POST',
    url: '/api/zones/:zoneId/split',
    config: { access: 'grid.edit' },
    schema: {
      operationId: 'splitZone',
      tags,
      summary: '拆分区域 · split it exactly as previewed (token); the old zone is closed',
      params,
      body: ref(Performance),
      response: { 200: ref(ZoneSplitView), ...problems },
    },
    handler: async ({ params: { zoneId }, body: { token }, actor: by }) =>
      db.transaction(async (tx) => {
        await performAct(tx, act, { subject: `zone:${zoneId}`, token, by, at: now() })
        return { zoneId, parts: await partsMade(tx, zoneId) }
      }),
  })
}
