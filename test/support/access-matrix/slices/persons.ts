import { type Case, positions, rule, type Table } from '../declare.ts'
import type { Target } from '../world.ts'

const missing = '404 person.missing'
const notAllPlaces = '403 person.not_identifiable'
const merged = { merged: '409 person.merged' } as const
const living = positions.filter((position) => position !== 'merged')
const atPerson = ({ person }: Target) => ({ params: { personId: person } })
const atRequest = ({ request }: Target) => ({ params: { requestId: request } })
const toDecider = { every: true, at: living, refused: '404 request.missing' } as const
const page = { query: { limit: '200' } }

/** What identifies somebody is changed by whoever reaches all their places; to see them, one is enough. */
const notAll = (name: string, ask: Case['ask'], more: Partial<Case> = {}): Case => ({
  name,
  whose: 'person',
  every: true,
  at: ['shared'],
  ask,
  refused: notAllPlaces,
  ...more,
})

/** Whether two records are one human is said by whoever reaches both. */
const oneHuman: Table[string] = {
  access: 'persons.edit',
  cases: [
    {
      name: 'of one team',
      whose: 'team',
      ask: ({ person, twin }) => ({ params: { personId: person, otherPersonId: twin } }),
      refused: missing,
      allowed: merged,
    },
    {
      name: 'of the own and another team',
      whose: 'team',
      at: ['beside', 'sibling', 'other', 'parent'],
      ask: ({ twin }, { own }) => ({ params: { personId: own.person, otherPersonId: twin } }),
      refused: missing,
    },
  ],
}

export const persons: Table = {
  listPersons: rule('persons.read', 'person', () => page, { at: living, shows: ({ person }) => person }),
  countPersons: rule(
    'persons.read',
    'person',
    ({ volunteerNumber }) => ({ query: { search: volunteerNumber } }),
    {
      at: living,
      shows: () => '"count":1',
    },
  ),
  exportPersons: rule('persons.read', 'person', () => ({}), {
    at: living,
    shows: ({ volunteerNumber }) => volunteerNumber,
  }),
  lookUpPersons: rule('persons.read', 'person', ({ phone }) => ({ body: { number: phone } }), {
    at: living,
    shows: ({ person }) => person,
  }),
  readPerson: rule('persons.read', 'person', atPerson, { refused: missing }),
  createPerson: rule(
    'persons.edit',
    'team',
    ({ team }) => ({ body: { name: '新人', memberships: [{ teamId: team }] } }),
    { refused: '404 team.missing', allowed: { closed: '409 team.closed' } },
  ),
  changePerson: {
    access: 'persons.edit',
    cases: [
      {
        name: 'what does not identify',
        whose: 'person',
        ask: ({ person }) => ({ params: { personId: person }, version: 1, body: { residence: '平山区' } }),
        refused: missing,
        allowed: merged,
      },
      notAll('the name', ({ person }) => ({
        params: { personId: person },
        version: 1,
        body: { name: '王武' },
      })),
    ],
  },
  revealPerson: rule('persons.reveal', 'person', atPerson, { refused: missing }),
  addContact: {
    access: 'persons.edit',
    cases: [
      {
        whose: 'person',
        at: positions.filter((position) => position !== 'shared'),
        ask: ({ person }) => ({ params: { personId: person }, body: number('spouse') }),
        refused: missing,
        allowed: merged,
        counted: true,
      },
      notAll(
        'of somebody in two places',
        ({ person }) => ({ params: { personId: person }, body: number('own') }),
        {
          counted: true,
        },
      ),
    ],
  },
  removeContact: {
    access: 'persons.edit',
    cases: [
      {
        whose: 'person',
        at: positions.filter((position) => position !== 'shared'),
        ask: ({ person, contact }) => ({ params: { personId: person, contactId: contact } }),
        refused: missing,
        allowed: merged,
      },
      notAll('of somebody in two places', ({ person, contact }) => ({
        params: { personId: person, contactId: contact },
      })),
    ],
  },
  markContact: rule(
    'persons.edit',
    'person',
    ({ contact }) => ({ params: { contactId: contact }, body: { invalid: true } }),
    { refused: '404 contact.missing' },
  ),
  listConsents: rule('persons.read', 'person', atPerson, { refused: missing }),
  recordConsent: rule(
    'persons.edit',
    'person',
    ({ person }) => ({
      params: { personId: person },
      body: { guardianName: '张大', via: 'paper', scope: '学雷锋' },
    }),
    { refused: missing, allowed: merged },
  ),
  withdrawConsent: rule(
    'persons.edit',
    'person',
    ({ person, consent }) => ({ params: { personId: person, consentId: consent } }),
    { refused: missing, allowed: merged },
  ),
  filePersonRequest: {
    access: 'persons.edit',
    cases: [
      {
        whose: 'person',
        ask: ({ person }) => ({ params: { personId: person }, body: { change: { name: '王武' } } }),
        refused: missing,
        allowed: merged,
      },
      {
        name: 'to merge with somebody else',
        whose: 'team',
        at: ['beside', 'sibling', 'other', 'parent'],
        ask: ({ person }, { own }) => ({
          params: { personId: own.person },
          body: { merge: { otherPersonId: person } },
        }),
        refused: missing,
      },
    ],
  },
  // Decided by whoever answers for all of the person, and seen by them and by who asked: nobody of the matrix.
  listPersonRequests: rule('persons.edit', 'person', () => page, {
    every: true,
    at: living,
    shows: ({ request }) => request,
  }),
  readPersonRequest: rule('persons.edit', 'person', atRequest, toDecider),
  approvePersonRequest: rule('persons.edit', 'person', atRequest, toDecider),
  refusePersonRequest: rule(
    'persons.edit',
    'person',
    (target) => ({ ...atRequest(target), body: { reason: '与档案不符' } }),
    toDecider,
  ),
  withdrawPersonRequest: rule('persons.edit', 'anyone', atRequest, { allowed: '404 request.missing' }),
  listDuplicates: rule('persons.edit', 'team', () => page, { shows: ({ twin }) => twin }),
  listMerges: rule('persons.edit', 'team', () => page, { shows: ({ merge }) => merge }),
  mergePersons: {
    access: 'persons.edit',
    cases: [
      {
        name: 'of one team',
        whose: 'team',
        ask: ({ person, twin }) => ({ body: { keptId: person, mergedId: twin } }),
        refused: missing,
      },
      {
        name: 'of the own and another team',
        whose: 'team',
        at: ['beside', 'sibling', 'other', 'parent'],
        ask: ({ twin }, { own }) => ({ body: { keptId: own.person, mergedId: twin } }),
        refused: missing,
      },
      {
        name: 'somebody in two places',
        whose: 'person',
        every: true,
        at: ['shared'],
        ask: ({ person }, { own }) => ({ body: { keptId: own.person, mergedId: person } }),
        refused: notAllPlaces,
      },
      {
        name: 'a duplicate',
        whose: 'person',
        at: ['merged'],
        ask: ({ person }, { own }) => ({ body: { keptId: own.person, mergedId: person } }),
        allowed: '409 merge.chained',
        refused: missing,
      },
    ],
  },
  listOtherRecords: rule('persons.read', 'person', atPerson, { refused: missing }),
  joinRecords: oneHuman,
  separateRecords: oneHuman,
  undoMerge: rule('persons.edit', 'team', ({ merge }) => ({ params: { mergeId: merge } }), {
    refused: missing,
  }),
}

function number(relation: 'own' | 'spouse') {
  return { kind: 'phone', value: '15499990000', relation }
}
