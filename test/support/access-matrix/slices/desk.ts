import { anyone, type Table } from '../declare.ts'

const once = { at: ['own'] } as const

/** What belongs to whoever is signed in, and how far an event is: each reader is told of the steps they may see. */
export const desk: Table = {
  readPreferences: anyone('signed-in', () => ({}), once),
  savePreferences: anyone('signed-in', () => ({ version: 0, body: { language: 'zh' } }), once),
  tellClientError: anyone(
    'signed-in',
    () => ({ body: { kind: 'script', page: '/events', error: 'TypeError', at: [] } }),
    once,
  ),
  // The steps of all events, each for whoever may see it.
  readAgenda: anyone('signed-in', () => ({}), once),
  readEventSteps: anyone('events.read', ({ event }) => ({ params: { eventId: event } })),
}
