import { anyone, ofUnits, rule, type Table } from '../declare.ts'
import type { Target, World } from '../world.ts'

const unmanaged = '403 user.out_of_reach'
const notGiven = '403 grant.refused'
const page = { query: { limit: '200' } }
const confirmed = (_: Target, { confirmation }: World) => ({ params: { confirmationId: confirmation } })
const atUser = ({ user }: Target) => ({ params: { userId: user } })
const giving = (userId: string, unitId: string) => ({ params: { userId }, body: { role: 'viewer', unitId } })

/** A user is seen through any of their roles, and managed by whoever could have given all of them. */
const managed = { appoints: ['unit_administrator'], every: true, refused: unmanaged } as const

export const accounts: Table = {
  listUsers: rule('accounts.read', 'user', () => page, { shows: ({ user }) => user }),
  readUser: rule('accounts.read', 'user', atUser, { refused: '404 user.missing' }),
  // Of somebody with roles elsewhere nothing is told but who they are.
  listUserSessions: rule('accounts.read', 'user', atUser, { every: true, refused: '404 user.missing' }),
  createUser: {
    access: 'accounts.edit',
    cases: [
      {
        name: 'with a role over a unit',
        whose: 'unit',
        appoints: ['viewer'],
        ask: ({ unit }) => ({
          body: { login: 'new-user', name: '新人', grants: [{ role: 'viewer', unitId: unit }] },
        }),
        refused: notGiven,
      },
      {
        name: 'with a role over a team',
        whose: 'team',
        appoints: ['team_leader'],
        ask: ({ team }) => ({
          body: { login: 'new-user', name: '新人', grants: [{ role: 'team_leader', teamId: team }] },
        }),
        refused: notGiven,
      },
      {
        name: 'with a role over a district',
        whose: 'zone',
        at: ['own', 'other'],
        appoints: ['district_office'],
        ask: ({ district }) => ({
          body: {
            login: 'new-user',
            name: '新人',
            grants: [{ role: 'district_office', districtCode: district }],
          },
        }),
        refused: notGiven,
      },
      {
        name: 'with a role over everything',
        whose: 'everything',
        at: ['own'],
        appoints: ['city_office'],
        ask: () => ({ body: { login: 'new-user', name: '新人', grants: [{ role: 'city_office' }] } }),
        refused: notGiven,
      },
      {
        name: 'who is somebody',
        whose: 'person',
        at: ['own', 'beside', 'sibling', 'other', 'parent'],
        // May not give this role to anybody.
        without: ['system_administrator'],
        ask: ({ person }, { own }) => ({
          body: {
            login: 'new-user',
            name: '新人',
            personId: person,
            grants: [{ role: 'viewer', unitId: own.unit }],
          },
        }),
        refused: '404 person.missing',
      },
      {
        // Whoever makes the account may hand out its link.
        name: 'who is known to another unit as well',
        whose: 'person',
        every: true,
        at: ['shared'],
        without: ['system_administrator'],
        ask: ({ person }, { own }) => ({
          body: {
            login: 'new-user',
            name: '新人',
            personId: person,
            grants: [{ role: 'viewer', unitId: own.unit }],
          },
        }),
        refused: '403 person.not_identifiable',
      },
      {
        name: 'who audits',
        whose: 'everything',
        at: ['own'],
        appoints: ['auditor'],
        ask: () => ({ body: { login: 'new-user', name: '新人', grants: [{ role: 'auditor' }] } }),
        refused: notGiven,
      },
    ],
  },
  renameUser: rule(
    'accounts.edit',
    'user',
    (target) => ({ ...atUser(target), version: 1, body: { name: '新名' } }),
    managed,
  ),
  setUserUnit: rule(
    'accounts.edit',
    'user',
    (target) => ({ ...atUser(target), version: 1, body: { unitId: null } }),
    managed,
  ),
  disableUser: rule('accounts.edit', 'user', atUser, managed),
  enableUser: rule('accounts.edit', 'user', atUser, managed),
  inviteUser: rule(
    'accounts.edit',
    'user',
    (target) => ({ ...atUser(target), body: { deliver: 'list' } }),
    managed,
  ),
  grantRole: {
    access: 'accounts.edit',
    cases: [
      {
        name: 'over a unit',
        whose: 'unit',
        appoints: ['viewer'],
        // Manages nobody of the unit.
        without: ['system_administrator'],
        ask: ({ unit }, { own }) => giving(own.user, unit),
        refused: notGiven,
      },
      {
        name: 'to a user',
        whose: 'user',
        ask: ({ user }, { own }) => giving(user, own.unit),
        ...managed,
      },
      {
        // Whoever gives the first role would manage the account from then on.
        name: 'to somebody without any',
        whose: 'everything',
        at: ['own'],
        appoints: ['viewer'],
        without: ['system_administrator'],
        ask: ({ unit }, { newcomer }) => giving(newcomer, unit),
        refused: unmanaged,
      },
    ],
  },
  revokeGrant: rule(
    'accounts.edit',
    'unit',
    ({ user, grant }) => ({ params: { userId: user, grantId: grant } }),
    { at: ofUnits, appoints: ['unit_administrator'], refused: notGiven },
  ),
  inviteMany: {
    access: 'accounts.edit',
    cases: [
      {
        // Closed teams have no leader to be invited.
        whose: 'team',
        at: ['own', 'beside', 'sibling', 'other', 'parent'],
        appoints: ['team_leader'],
        ask: () => ({ body: { deliver: 'list' } }),
        shows: ({ leader }) => leader,
      },
      {
        // The office of another district leads a team of the own unit, and has not set a password yet.
        name: 'who holds more than the asker may give',
        whose: 'everything',
        at: ['own'],
        appoints: ['team_leader', 'district_office'],
        ask: () => ({ body: { deliver: 'list', renew: true } }),
        shows: (_, { waitingOffice }) => `"userId":"${waitingOffice}"`,
      },
    ],
  },
  setUserPhone: rule(
    'accounts.edit',
    'user',
    (target) => ({ ...atUser(target), body: { phone: '15499990000' } }),
    managed,
  ),
  // One's own number, which nobody who asks here has yet.
  requestPhoneChange: anyone('signed-in', () => ({ body: { phone: '15499990000' } }), {
    at: ['own'],
    allowed: '409 phone.absent',
  }),
  // What somebody else asked for: there is nothing of it for anybody else.
  confirmPhoneChange: anyone(
    'signed-in',
    ({ phoneChange }) => ({
      params: { phoneChangeId: phoneChange },
      body: { oldCode: '000000', newCode: '000000' },
    }),
    { at: ['own', 'other'], allowed: '410 phone_change.over', counted: true },
  ),
  // Asked for by somebody else than whoever decides here.
  listOfficerConfirmations: anyone('officers.confirm', () => page, { at: ['own'] }),
  readOfficerConfirmation: anyone('officers.confirm', confirmed, { at: ['own'] }),
  approveOfficerConfirmation: anyone('officers.confirm', confirmed, { at: ['own'] }),
  refuseOfficerConfirmation: anyone('officers.confirm', confirmed, { at: ['own'] }),
  listRoles: anyone('signed-in', () => ({}), { at: ['own'] }),
  readMe: anyone('signed-in', () => ({}), { at: ['own'] }),
  listSessions: anyone('signed-in', () => ({}), { at: ['own'] }),
  signOut: anyone('signed-in', () => ({}), { at: ['own'] }),
  endSession: rule('signed-in', 'user', ({ session }) => ({ params: { sessionId: session } }), {
    ...managed,
    needs: 'accounts.edit',
    refused: '404 session.missing',
  }),
  // Whoever has no session yet. A wrong word is refused alike, whoever asks.
  signIn: anyone('public', () => ({ body: { login: 'nobody', password: 'wrong-password-1' } }), {
    at: ['own'],
    allowed: '401 sign_in.failed',
  }),
  requestLoginCode: anyone('public', () => ({ body: { phone: '15499990000' } }), { at: ['own'] }),
  changePassword: anyone(
    'public',
    () => ({ body: { login: 'nobody', password: 'wrong-password-1', newPassword: 'Haikuo-ping-yu-2026' } }),
    { at: ['own'], allowed: '401 sign_in.failed' },
  ),
  readActivation: anyone('public', () => ({ params: { token: 'nothing' } }), {
    at: ['own'],
    allowed: '404 activation.missing',
  }),
  redeemActivation: anyone(
    'public',
    () => ({ params: { token: 'nothing' }, body: { password: 'Haikuo-ping-yu-2026' } }),
    { at: ['own'], allowed: '404 activation.missing' },
  ),
}
