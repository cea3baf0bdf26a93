import { problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { readBlindSpots } from './blind-spots.ts'
import { readCharge } from './charge.ts'
import { readCompounds } from './compounds.ts'
import { BlindSpotsView, ChargeView, CompoundsView } from './contract.ts'

const tags = ['创城 · command']

/** 盲区, and what counsellors and leaders look at. */
export function oversightRoutes(app: App, { db, now, config }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/task-blind-spots',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'readBlindSpots',
      tags,
      summary: '盲区 · tasks that nobody accepted or explained, and units that sign off each other',
      response: { 200: ref(BlindSpotsView), ...problems },
    },
    handler: ({ actor }) => readBlindSpots(db.read, { reader: actor, at: now() }),
  })
  app.route({
    method: 'GET',
    url: '/api/my/charge',
    config: { access: 'tasks.explain' },
    schema: {
      operationId: 'readCharge',
      tags,
      summary: '辅导对象 · the units you explain tasks to, and what is left',
      response: { 200: ref(ChargeView), ...problems },
    },
    handler: ({ actor }) => readCharge(db.read, { reader: actor, at: now() }),
  })
  app.route({
    method: 'GET',
    url: '/api/my/compounds',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'readCompounds',
      tags,
      summary: '包保小区 · the zones you answer for, with their tasks, and your own standing',
      response: { 200: ref(CompoundsView), ...problems },
    },
    handler: ({ actor }) => {
      const at = now()
      return readCompounds(db.read, { reader: actor, at }, dayIn(at, config.timeZone))
    },
  })
}
