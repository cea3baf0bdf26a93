import { type Ask, anyone, rule, type Table } from '../declare.ts'
import type { Target, World } from '../world.ts'

const operationId = 'matrix-operation'
const nobody = '01a2284a-0000-7000-8000-000000000000'
const open = ['own', 'beside', 'sibling', 'other', 'parent', 'closed'] as const
const atAssignment = ({ assignment }: Target): Ask => ({
  params: { assignmentId: assignment },
  body: { operationId },
})
const present = ({ presentAssignment }: Target): Ask => ({
  params: { assignmentId: presentAssignment },
  body: { operationId },
})
const ofTeam = { at: open, refused: '404 assignment.missing' } as const
const atLink = ({ token }: Target): Ask => ({ params: { token } })
const once = { at: ['own'] } as const

/** The roll of a team is called by whoever answers for it. A personal link is held by whoever holds it. */
export const attendance: Table = {
  checkInByRollCall: rule('attendance.record', 'team', atAssignment, ofTeam),
  checkOutByRollCall: rule('attendance.record', 'team', present, ofTeam),
  undoCheckIn: rule(
    'attendance.record',
    'team',
    ({ presentAssignment }) => ({ params: { assignmentId: presentAssignment }, query: { operationId } }),
    ofTeam,
  ),
  countGroup: rule(
    'signed-in',
    'team',
    ({ allotment }) => ({
      params: { allotmentId: allotment },
      body: { operationId, present: 1, adults: 1, companions: 0 },
    }),
    { needs: 'attendance.record', refused: '404 allotment.missing' },
  ),
  readRoll: rule(
    'attendance.read',
    'team',
    (_: Target, { farShift }: World) => ({ params: { shiftId: farShift }, query: { limit: '200' } }),
    { shows: ({ assignment }) => assignment },
  ),
  // One's own teams and shifts alone: an office reveals people one by one.
  // Who may see somebody and call rolls sees what they did for teams of the same reach.
  listService: rule('attendance.read', 'person named', ({ person }) => ({ params: { personId: person } }), {
    needs: 'persons.read',
    refused: '404 person.missing',
  }),
  readNumbers: anyone('attendance.read', (_, { farEvent }) => ({ params: { eventId: farEvent } })),
  listMyDuties: anyone('signed-in', () => ({}), once),
  callRoll: rule(
    'signed-in',
    'team',
    ({ presentAssignment }, { farShift }) => ({
      params: { shiftId: farShift },
      body: { operationId, entries: [{ assignmentId: presentAssignment, is: 'present' }] },
    }),
    // Each entry is answered by itself.
    { at: ['own', 'other'], needs: 'attendance.record', shows: () => 'already' },
  ),
  issueRollPass: rule(
    'signed-in',
    'team',
    ({ team }, { farShift }) => ({ params: { shiftId: farShift }, body: { teamId: team } }),
    { at: ['own', 'other'], needs: 'attendance.record', refused: 'refused' },
  ),
  listRollPasses: anyone('signed-in', (_, { farShift }) => ({ params: { shiftId: farShift } }), once),
  revokeRollPass: anyone('signed-in', () => ({ params: { rollPassId: nobody } }), {
    ...once,
    allowed: '404 roll_pass.missing',
  }),
  readRollByPass: anyone('link', () => ({ params: { token: '0000000000000000' } }), {
    ...once,
    allowed: '404 roll_pass.unknown',
  }),
  callRollByPass: anyone(
    'link',
    () => ({ params: { token: '0000000000000000' }, body: { operationId, entries: [] } }),
    { ...once, allowed: '404 roll_pass.unknown' },
  ),
  enterLate: rule(
    'attendance.record',
    'team',
    ({ assignment }, { farShift }) => ({
      params: { shiftId: farShift },
      body: { operationId, reason: '补录', entries: [{ assignmentId: assignment }] },
    }),
    // Each entry is answered by itself.
    { at: ['own', 'other'], shows: () => 'late_entry.not_yet' },
  ),
  listLateEntries: anyone('attendance.read', () => ({}), once),
  // Who is asked decides, whatever they may do elsewhere.
  decideLateEntry: anyone(
    'signed-in',
    () => ({ params: { lateEntryId: nobody }, body: { approved: true } }),
    { ...once, allowed: '404 late_entry.missing' },
  ),
  // Each entry is answered by itself.
  decideLateEntries: anyone(
    'signed-in',
    (_, { farShift }) => ({
      params: { shiftId: farShift },
      body: { lateEntryIds: [nobody], approved: true },
    }),
    { ...once, shows: () => 'late_entry.missing' },
  ),
  reviewLateEntry: anyone(
    'attendance.review',
    () => ({ params: { lateEntryId: nobody }, body: { upheld: true } }),
    { ...once, allowed: '404 late_entry.missing' },
  ),
  // Counts.
  readEventAttendance: anyone('reports.read', ({ event }) => ({ params: { eventId: event } })),
  readPersonalLink: anyone('link', atLink, once),
  answerByPersonalLink: anyone(
    'link',
    (target) => ({ ...atLink(target), body: { answer: 'accepted' } }),
    once,
  ),
  revokePersonalLink: anyone('link', atLink, once),
  listCorrectionsByPersonalLink: anyone('link', atLink, once),
  readOwnDataByPersonalLink: anyone('link', atLink, once),
  askCorrectionByPersonalLink: anyone(
    'link',
    (target) => ({ ...atLink(target), body: { name: '王武' } }),
    once,
  ),
  checkInByPersonalLink: {
    access: 'link',
    cases: [
      {
        name: 'for the own place',
        whose: 'anyone',
        at: ['own'],
        ask: ({ token, assignment }) => ({
          params: { token, assignmentId: assignment },
          body: { operationId },
        }),
      },
      {
        // A link is its own person's, whoever carries it.
        name: 'for the place of somebody else',
        whose: 'anyone',
        at: ['beside', 'other'],
        ask: ({ assignment }, { own }) => ({
          params: { token: own.token, assignmentId: assignment },
          body: { operationId },
        }),
        allowed: '404 assignment.missing',
      },
    ],
  },
  askLateEntryByPersonalLink: anyone(
    'link',
    ({ token, assignment }) => ({
      params: { token, assignmentId: assignment },
      body: { operationId, reason: '补录' },
    }),
    { ...once, allowed: '409 late_entry.not_yet' },
  ),
  undoCheckOutByPersonalLink: anyone(
    'link',
    ({ presentToken, presentAssignment }) => ({
      params: { token: presentToken, assignmentId: presentAssignment },
      query: { operationId },
    }),
    once,
  ),
  checkOutByPersonalLink: anyone(
    'link',
    ({ presentToken, presentAssignment }) => ({
      params: { token: presentToken, assignmentId: presentAssignment },
      body: { operationId, early: true },
    }),
    once,
  ),
}
