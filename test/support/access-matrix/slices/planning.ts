import { type Ask, anyone, type Case, rule, type Table } from '../declare.ts'
import type { Target, World } from '../world.ts'

const atPlan = ({ plan }: Target): Ask => ({ params: { planId: plan } })
const far = (_: Target, { farPlan }: World): Ask => ({ params: { planId: farPlan }, query: { limit: '200' } })
const open = ['own', 'sibling', 'other', 'parent'] as const

/** Rows that name people are filtered as participations are: by the team, the zone's district, the organiser. */
const rows: readonly Case[] = [
  { name: 'by the team', whose: 'team', ask: far, shows: ({ person }) => person },
  {
    name: 'by the organiser or the zone',
    whose: ['unit', 'zone'],
    at: open,
    ask: ({ plan }) => ({ params: { planId: plan }, query: { limit: '200' } }),
    shows: (_, { farPerson }) => farPerson,
  },
]

export const planning: Table = {
  startPlan: rule('plans.run', 'unit', ({ event }) => ({ params: { eventId: event }, body: {} }), {
    allowed: { closed: '409 event.closed' },
  }),
  cancelPlan: rule('plans.run', 'unit', ({ waitingPlan }) => ({ params: { planId: waitingPlan } }), {
    allowed: { closed: '409 event.closed' },
  }),
  // Counts, and where places stay empty.
  listPlans: anyone('plans.read', ({ event }) => ({ params: { eventId: event } })),
  readPlan: anyone('plans.read', atPlan),
  comparePlans: anyone('plans.read', (_, { farPlan, farPlanBefore }) => ({
    params: { planId: farPlan, otherId: farPlanBefore },
  })),
  listPlanAssignments: { access: 'plans.read', cases: rows },
  listPlanMoves: { access: 'plans.read', cases: rows },
  explainPlanPerson: rule(
    'plans.read',
    'team',
    ({ person }, { farPlan }) => ({ params: { planId: farPlan, personId: person } }),
    { refused: '404 person.missing' },
  ),
  undoPlanApplication: rule('plans.apply', 'unit', ({ plan }) => ({ params: { planId: plan } }), {
    allowed: { closed: '409 event.closed' },
  }),
  applyPlan: {
    access: 'plans.apply',
    cases: [
      {
        name: 'all of it',
        whose: 'unit',
        ask: (target) => ({ ...atPlan(target), body: {} }),
        allowed: { closed: '409 event.closed' },
      },
      {
        name: 'in a district',
        whose: 'zone',
        at: ['own', 'other'],
        ask: ({ district }, { farAppliedPlan }) => ({
          params: { planId: farAppliedPlan },
          body: { districtCodes: [district] },
        }),
      },
    ],
  },
}
