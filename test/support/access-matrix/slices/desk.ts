import { anyone, ofTeams, ofUnits, ofZones, type Table } from '../declare.ts'

const once = { at: ['own'] } as const

/** What belongs to whoever is signed in, and how far an event is: each reader is told of the steps they may see. */
export const desk: Table = {
  readPreferences: anyone('signed-in', () => ({}), once),
  readFirstSteps: anyone('signed-in', () => ({}), once),
  savePreferences: anyone('signed-in', () => ({ version: 0, body: { language: 'zh' } }), once),
  tellClientError: anyone(
    'signed-in',
    () => ({ body: { kind: 'script', page: '/events', error: 'TypeError', at: [] } }),
    once,
  ),
  // Whoever may read a thing may read what was done to it.
  listHistory: {
    access: 'signed-in',
    cases: [
      {
        name: 'of a person',
        whose: 'person',
        needs: 'persons.read',
        ask: ({ person }) => ({ query: { subject: `person:${person}` } }),
        refused: 'refused',
      },
      {
        name: 'of a unit',
        whose: 'unit',
        at: ofUnits,
        needs: 'units.read',
        ask: ({ unit }) => ({ query: { subject: `unit:${unit}` } }),
        refused: 'refused',
      },
      {
        name: 'of a team',
        whose: 'team',
        at: ofTeams,
        needs: 'teams.read',
        ask: ({ team }) => ({ query: { subject: `team:${team}` } }),
        refused: 'refused',
      },
      {
        name: 'of an event',
        whose: 'anyone',
        needs: 'events.read',
        ask: ({ event }) => ({ query: { subject: `event:${event}` } }),
        refused: 'refused',
      },
      {
        name: 'of a zone',
        whose: 'anyone',
        at: ofZones,
        needs: 'grid.read',
        ask: ({ zone }) => ({ query: { subject: `zone:${zone}` } }),
        refused: 'refused',
      },
    ],
  },
  // The steps of all events, each for whoever may see it.
  readAgenda: anyone('signed-in', () => ({}), once),
  readEventSteps: anyone('events.read', ({ event }) => ({ params: { eventId: event } })),
}
