import { type Ask, type Case, ofTeams, rule, type Table } from '../declare.ts'
import type { Target } from '../world.ts'

const missing = '404 team.missing'
const open = ['own', 'beside', 'sibling', 'other', 'parent'] as const
const changing = (team: string, body: object): Ask => ({ params: { teamId: team }, version: 1, body })
const noUnit = { refused: '404 unit.missing' } as const

const moves: readonly Case[] = [
  {
    name: 'into another unit',
    whose: 'unit',
    at: ['sibling', 'other', 'parent', 'closed'],
    ask: ({ unit }, { own }) => changing(own.team, { unitId: unit }),
    ...noUnit,
    allowed: { closed: '409 unit.closed' },
  },
  {
    name: 'away from another unit',
    whose: 'unit',
    at: ['sibling', 'other', 'parent'],
    ask: ({ team }, { own }) => changing(team, { unitId: own.unit }),
    refused: missing,
  },
  {
    // Who leads it reaches the team, but not what it is taken from.
    name: 'away from every unit',
    whose: 'everything',
    at: ['own'],
    ask: ({ team }) => changing(team, { unitId: null }),
  },
]

/** Teams are seen and changed by whoever answers for their unit, and by who leads them. */
export const teams: Table = {
  listTeams: {
    access: 'teams.read',
    cases: [
      { whose: 'team', at: open, ask: () => ({ query: { limit: '200' } }), shows: ({ team }) => team },
      {
        name: 'closed',
        whose: 'team',
        at: ['closed'],
        ask: () => ({ query: { limit: '200', closed: 'true' } }),
        shows: ({ team }) => team,
      },
    ],
  },
  readTeam: rule('teams.read', 'team', ({ team }: Target) => ({ params: { teamId: team } }), {
    refused: missing,
  }),
  createTeam: {
    access: 'teams.edit',
    cases: [
      {
        name: 'of a unit',
        whose: 'unit',
        ask: ({ unit }) => ({ body: { name: '新队', unitId: unit } }),
        ...noUnit,
        allowed: { closed: '409 unit.closed' },
      },
      {
        name: 'that stands alone',
        whose: 'everything',
        at: ['own'],
        ask: () => ({ body: { name: '百姓雷锋' } }),
        refused: missing,
      },
    ],
  },
  changeTeam: {
    access: 'teams.edit',
    cases: [
      {
        whose: 'team',
        at: ofTeams,
        ask: ({ team }) => changing(team, { statedHeads: 12 }),
        refused: missing,
      },
      {
        name: 'to be led by somebody',
        whose: 'person',
        at: ['own', 'sibling', 'other', 'parent', 'shared'],
        ask: ({ person }, { own }) => changing(own.team, { leaderPersonId: person }),
        refused: '404 person.missing',
      },
      ...moves,
    ],
  },
  closeTeam: rule('teams.edit', 'team', ({ team }) => ({ params: { teamId: team }, version: 1 }), {
    refused: missing,
  }),
  reopenTeam: rule('teams.edit', 'team', ({ team }) => ({ params: { teamId: team }, version: 1 }), {
    refused: missing,
  }),
  putMember: {
    access: 'teams.edit',
    cases: [
      {
        name: 'of a team',
        whose: 'team',
        ask: ({ team }, { own }) => ({
          params: { teamId: team, personId: own.person },
          body: { role: 'deputy' },
        }),
        refused: missing,
        allowed: { closed: '409 team.closed' },
      },
      {
        name: 'who is somebody',
        whose: 'person named',
        ask: ({ person }, { own }) => ({
          params: { teamId: own.team, personId: person },
          body: { role: 'deputy' },
        }),
        refused: '404 person.missing',
      },
    ],
  },
  endMembership: rule(
    'teams.edit',
    'team',
    ({ team, spare }) => ({ params: { teamId: team, personId: spare } }),
    { refused: missing },
  ),
  handOverTeam: rule('teams.edit', 'team', ({ team, deputy }) => changing(team, { personId: deputy }), {
    refused: missing,
    allowed: { closed: '409 team.closed' },
  }),
}
