import { type Ask, anyone, type Case, ofTeams, positions, rule, type Table } from '../declare.ts'
import type { Target, World } from '../world.ts'

const far = (_: Target, { farEvent }: World): Ask => ({
  params: { eventId: farEvent },
  query: { limit: '200' },
})
const onFarShift = (_: Target, { farShift }: World): Ask => ({
  params: { shiftId: farShift },
  query: { limit: '200' },
})
const whole = ({ event }: Target): Ask => ({ params: { eventId: event }, query: { limit: '200' } })
const living = positions.filter((position) => position !== 'merged')
const teamMissing = '404 team.missing'
const openTeams = ['own', 'beside', 'sibling', 'other', 'parent'] as const

/** Of the far event, each sees what belongs to their teams. */
const ofTheirTeams = (shows: Case['shows']): Case => ({ name: 'by the team', whose: 'team', ask: far, shows })
/** Their names are for whoever may see people. */
const byName = (ask: Case['ask']): Case => ({
  name: 'by name',
  whose: 'anyone',
  at: ['own'],
  needs: 'persons.read',
  ask,
  shows: ({ personName }) => personName,
})
const atParticipation = ({ participation }: Target): Ask => ({ params: { participationId: participation } })
const atEventOfTeam = ({ team }: Target, { farEvent }: World): Ask => ({
  params: { eventId: farEvent, teamId: team },
})
const byTeam = { at: ofTeams, refused: teamMissing } as const

const holding = ({ team }: Target, { emptyShift }: World): Ask => ({
  params: { shiftId: emptyShift, teamId: team },
  body: { heads: 1 },
})

/** Three may place heads: who answers for the event, for the district of the zone, for the team. */
const placing = (shift: (target: Target, world: World) => string, more: Partial<Case>): Case => ({
  whose: 'team',
  ask: (target, world) => ({
    params: { shiftId: shift(target, world), teamId: world.farTeam },
    body: { heads: 1 },
  }),
  ...more,
})

export const mobilization: Table = {
  listQuotas: {
    access: 'mobilization.read',
    cases: [{ name: 'by the unit', whose: 'unit', ask: far, shows: ({ quota }) => quota }],
  },
  // Counts.
  listMyAsks: anyone('signed-in', () => ({}), { at: ['own'] }),
  readFunnel: anyone('mobilization.read', ({ event }) => ({ params: { eventId: event } })),
  setQuotas: {
    access: 'quotas.edit',
    cases: [
      {
        name: 'by the organiser',
        whose: 'unit',
        ask: ({ event }, { farUnit }) => asking(event, farUnit),
        allowed: { closed: '409 event.closed' },
      },
      {
        // A unit is asked by its district, never by itself.
        name: 'by the district of the unit',
        whose: 'zone',
        at: ['own', 'sibling', 'other', 'parent'],
        ask: ({ unit }, { farEvent }) => asking(farEvent, unit),
      },
    ],
  },
  pledgeQuota: rule(
    'quotas.edit',
    'unit',
    ({ quota }) => ({ params: { quotaId: quota }, body: { pledged: 5 } }),
    {
      refused: '404 unit.missing',
    },
  ),
  listAllotments: { access: 'mobilization.read', cases: [ofTheirTeams(({ allotment }) => allotment)] },
  setAllotment: {
    access: 'mobilization.edit',
    cases: [
      placing(({ shift }) => shift, {
        name: 'by the organiser or the zone',
        whose: ['unit', 'zone'],
        allowed: { closed: '409 shift.closed' },
      }),
      {
        name: 'by the team',
        whose: 'team',
        at: ['own', 'beside', 'sibling', 'other', 'parent'],
        ask: holding,
      },
      { name: 'of a closed team', whose: 'anyone', at: ['closed'], ask: holding, allowed: teamMissing },
    ],
  },
  removeAllotment: rule(
    'mobilization.edit',
    'team',
    ({ team }, { farShift }) => ({ params: { shiftId: farShift, teamId: team } }),
    { at: ['own', 'beside', 'sibling', 'other', 'parent'] },
  ),
  readNumberOnly: rule('mobilization.edit', 'team', atEventOfTeam, byTeam),
  answerByNumber: rule('mobilization.edit', 'team', atEventOfTeam, byTeam),
  answerByNames: rule('mobilization.edit', 'team', atEventOfTeam, byTeam),
  listSignUps: { access: 'mobilization.read', cases: [ofTheirTeams(({ signUp }) => signUp), byName(far)] },
  signUp: rule(
    'sign_ups.edit',
    'team',
    ({ team, spare }, { farEvent }) => ({
      params: { eventId: farEvent },
      body: { teamId: team, personIds: [spare] },
    }),
    { ...byTeam, allowed: { closed: '409 team.closed' } },
  ),
  withdrawSignUp: rule('sign_ups.edit', 'team', ({ signUp }) => ({ params: { signUpId: signUp } }), byTeam),
  // Of the people of their own teams; where none of them is silent there is nobody to ask.
  previewFurtherAsk: anyone('messages.send', ({ event }) => ({ params: { eventId: event }, body: {} }), {
    allowed: { own: '409 asking.nobody', other: '409 asking.nobody', closed: '409 asking.not_published' },
  }),
  // Whoever was shown nothing has nothing to do; who was shown it is looked at again.
  askFurther: anyone(
    'messages.send',
    ({ event }, { campaign }) => ({ params: { eventId: event }, body: { token: campaign } }),
    { allowed: '404 preview.missing' },
  ),
  listParticipations: {
    access: 'mobilization.read',
    cases: [
      ofTheirTeams(({ participation }) => participation),
      byName(far),
      {
        name: 'by the organiser or the zone',
        whose: ['unit', 'zone'],
        at: ['own', 'sibling', 'other', 'parent'],
        ask: whole,
        shows: ({ guest }) => guest,
      },
    ],
  },
  readParticipation: {
    access: 'mobilization.read',
    cases: [
      { name: 'by the team', whose: 'team', ask: atParticipation, refused: '404 participation.missing' },
      {
        name: 'by the organiser or the zone',
        whose: ['unit', 'zone'],
        at: ['own', 'sibling', 'other', 'parent'],
        ask: ({ guest }) => ({ params: { participationId: guest } }),
        refused: '404 participation.missing',
      },
      byName(atParticipation),
    ],
  },
  recordAnswer: rule(
    'answers.record',
    'team',
    (target) => ({ ...atParticipation(target), body: { answer: 'accepted' } }),
    byTeam,
  ),
  renewLink: rule(
    'answers.record',
    'team',
    (target) => ({ ...atParticipation(target), body: { because: 'lost' } }),
    byTeam,
  ),
  correctNumber: rule(
    'answers.record',
    'team',
    (target) => ({ ...atParticipation(target), body: { phone: '15499990001' } }),
    { at: ['own', 'beside', 'sibling', 'other', 'parent'], refused: teamMissing, counted: true },
  ),
  writeNote: rule(
    'answers.record',
    'team',
    (target) => ({ ...atParticipation(target), body: { note: '对花粉过敏' } }),
    byTeam,
  ),
  excuseAssignment: rule(
    'answers.record',
    'team',
    ({ assignment }) => ({ params: { assignmentId: assignment } }),
    byTeam,
  ),
  nameAllInCharge: rule(
    'events.edit',
    'unit',
    ({ event }) => ({ params: { eventId: event }, body: { rule: 'largest_team_leader' } }),
    { refused: '403 access.out_of_reach', allowed: { closed: '409 event.closed' } },
  ),
  listNotices: { access: 'mobilization.read', cases: [ofTheirTeams(({ notice }) => notice), byName(far)] },
  markTold: rule('answers.record', 'team', ({ notice }) => ({ params: { noticeId: notice } }), byTeam),
  listAssignments: {
    access: 'mobilization.read',
    cases: [
      {
        name: 'by the team',
        whose: 'team',
        ask: onFarShift,
        shows: ({ assignment }) => assignment,
      },
      {
        name: 'by the organiser or the zone',
        whose: ['unit', 'zone'],
        at: ['own', 'sibling', 'other', 'parent'],
        ask: ({ shift }) => ({ params: { shiftId: shift }, query: { limit: '200' } }),
        shows: ({ guestAssignment }) => guestAssignment,
      },
      byName(onFarShift),
    ],
  },
  checkEligibility: rule(
    'sign_ups.edit',
    'person',
    ({ person }, { emptyShift }) => ({ params: { shiftId: emptyShift, personId: person } }),
    { at: living, refused: '404 person.missing', allowed: { closed: '404 person.missing' } },
  ),
  assignPerson: rule(
    'sign_ups.edit',
    'team',
    ({ spare }, { emptyShift }) => ({ params: { shiftId: emptyShift, personId: spare }, body: {} }),
    { refused: '404 person.missing', allowed: { closed: '404 person.missing' } },
  ),
  readBoard: {
    access: 'mobilization.read',
    cases: [
      {
        name: 'by the team',
        whose: 'team',
        at: ofTeams,
        ask: (_, { farEvent }) => ({ params: { eventId: farEvent } }),
        shows: ({ team }) => team,
      },
    ],
  },
  readTeamEligibility: rule(
    'mobilization.edit',
    'team',
    ({ team }, { farEvent }) => ({ params: { eventId: farEvent }, query: { teamId: team } }),
    { at: openTeams, refused: teamMissing },
  ),
  listFreeTeams: anyone('mobilization.edit', (_, { farEvent }) => ({ params: { eventId: farEvent } })),
  previewTransfer: {
    access: 'mobilization.edit',
    cases: [
      {
        name: 'by the team',
        whose: 'team',
        at: openTeams,
        ask: ({ team }, { farEvent, farShift, emptyShift }) => ({
          params: { eventId: farEvent },
          body: { moves: [{ teamId: team, fromShiftId: farShift, toShiftId: emptyShift }] },
        }),
      },
      {
        name: 'by the organiser or the zone',
        whose: ['unit', 'zone'],
        ask: ({ event, shift }, { farTeam }) => ({
          params: { eventId: event },
          body: { moves: [{ teamId: farTeam, fromShiftId: null, toShiftId: shift, heads: 1 }] },
        }),
        allowed: { closed: '409 event.closed' },
      },
    ],
  },
  // Whoever was shown nothing has nothing to do; who was shown it is looked at again.
  transferPlaces: anyone(
    'mobilization.edit',
    ({ event }, { farTeam }) => ({ params: { eventId: event }, body: { token: farTeam } }),
    { allowed: '404 preview.missing' },
  ),
  undoTransfer: rule(
    'mobilization.edit',
    ['unit', 'zone'],
    ({ transfer }) => ({ params: { transferId: transfer } }),
    { allowed: { closed: '409 event.closed' } },
  ),
  // Who moved which team where: as on the board. Nobody is named but the clerk.
  listTransfers: rule(
    'mobilization.edit',
    ['unit', 'zone'],
    ({ event }) => ({ params: { eventId: event } }),
    { shows: ({ transfer }) => transfer },
  ),
  readTransfer: rule(
    'mobilization.edit',
    ['unit', 'zone'],
    ({ transfer }) => ({ params: { transferId: transfer } }),
    { refused: '404 transfer.missing' },
  ),
  removeAssignment: rule(
    'sign_ups.edit',
    'team',
    ({ person }, { farShift }) => ({ params: { shiftId: farShift, personId: person } }),
    byTeam,
  ),
}

function asking(event: string, unitId: string): Ask {
  return { params: { eventId: event }, body: { quotas: [{ unitId, asked: 20 }] } }
}
