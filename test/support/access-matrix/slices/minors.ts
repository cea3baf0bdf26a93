import { anyone, rule, type Table } from '../declare.ts'
import type { Target } from '../world.ts'

const at = ({ disclosure }: Target) => ({ params: { disclosureId: disclosure } })
const missing = '404 disclosure.missing'
const once = { at: ['own'] } as const
const asked = { reason: 'insurance', explanation: '核对三年级学生保险信息' }
const decides = { needs: 'disclosures.decide', refused: missing } as const

/** Asked for by whoever reaches the class, decided by whoever reaches it as one who decides. */
export const minors: Table = {
  askDisclosure: rule('persons.reveal', 'team', ({ team }) => ({ body: { teamId: team, ...asked } }), {
    refused: '404 team.missing',
  }),
  listDisclosures: rule('signed-in', 'team', () => ({ query: { limit: '200' } }), {
    needs: 'disclosures.decide',
    shows: ({ disclosure }) => disclosure,
  }),
  readDisclosure: rule('signed-in', 'team', at, decides),
  approveDisclosure: rule('disclosures.decide', 'team', at, { refused: missing }),
  refuseDisclosure: rule(
    'disclosures.decide',
    'team',
    (target) => ({ ...at(target), body: { reason: '未说明用途' } }),
    { refused: missing },
  ),
  revokeDisclosure: rule('signed-in', 'team', at, decides),
  // Only who asked for it uses it.
  exportDisclosed: anyone('persons.reveal', at, { allowed: missing }),
  // Nobody of the matrix teaches a class on the shift, or is in charge there.
  showGuardianNumbers: anyone('signed-in', (_, { farShift }) => ({ params: { shiftId: farShift } }), {
    ...once,
    allowed: '403 guardians.not_teacher',
  }),
  callGuardian: anyone(
    'signed-in',
    (_, { farShift }) => ({ params: { shiftId: farShift }, body: { name: '张三', what: '学生受伤' } }),
    { ...once, allowed: '403 guardians.not_in_charge' },
  ),
  exportMinorAccesses: anyone('audit.read', () => ({ query: { year: '2026' } }), once),
}
