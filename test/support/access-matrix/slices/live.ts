import { type Ask, anyone, rule, type Table } from '../declare.ts'
import type { Target } from '../world.ts'

const atEvent = ({ event }: Target): Ask => ({ params: { eventId: event } })
const unknown = (): Ask => ({ params: { token: '0000000000000000' } })
const unknownScreen = { at: ['own'], allowed: '404 screen.unknown' } as const
const outside = '403 access.out_of_reach'

/** Figures are counts: whoever reads reports reads them. A screen is made by whoever may change its event. */
export const live: Table = {
  readLive: anyone('reports.read', atEvent),
  streamLive: anyone('reports.read', (target) => ({ ...atEvent(target), query: { seconds: '0' } })),
  listLivePlaces: anyone('reports.read', atEvent),
  readInCharge: rule(
    'attendance.read',
    ['unit', 'zone'],
    ({ event, zone }) => ({ params: { eventId: event, zoneId: zone } }),
    { refused: outside },
  ),
  issueScreen: rule('events.edit', 'unit', (target) => ({ ...atEvent(target), body: { name: '指挥大厅' } }), {
    allowed: { closed: '409 event.closed' },
    refused: outside,
  }),
  listScreens: rule('events.edit', 'unit', atEvent, { refused: outside }),
  revokeScreen: rule('events.edit', 'unit', ({ screen }) => ({ params: { screenId: screen } }), {
    refused: outside,
  }),
  readScreen: anyone('screen', unknown, unknownScreen),
  streamScreen: anyone('screen', unknown, unknownScreen),
}
