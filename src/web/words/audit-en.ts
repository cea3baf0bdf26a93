import type { auditZh } from './audit-zh.ts'
import type { Widened } from './speech.ts'

const entries = (count: number) => `${count} ${count === 1 ? 'entry' : 'entries'}`

export const auditEn: Widened<typeof auditZh> = {
  title: 'Audit trail',
  question: 'Who did what, to what, and when?',
  at: 'Time',
  who: 'Who',
  what: 'What',
  about: 'About',
  address: 'Network address',
  number: 'Number',
  details: 'Details',
  anyAction: 'Everything',
  anybody: 'Everybody',
  from: 'From',
  until: 'Until',
  onlyAbout: (what) => `Only about: ${what}`,
  system: 'The service',
  link: 'A personal link',
  anonymous: 'Not signed in',
  unsealed: 'not sealed yet',
  found: (shown, more) =>
    more ? `${entries(shown)} on this page, more follow` : `${entries(shown)} on this page`,
  newest: 'the newest first',
  empty: 'Nothing is recorded yet.',
  emptyFiltered: 'No entry fits.',
  export: 'Export',
  exportTitle: 'Export the audit trail',
  exportLead: 'Exports what fits, 50,000 entries at most. The export is an entry of its own.',
  exported: 'Exported, and recorded.',
  chain: 'Sealing',
  sealed: (count) => `${entries(count)} sealed`,
  waiting: (count) => `${entries(count)} waiting`,
  sealedAt: (at) => `last sealed ${at}`,
  never: 'not sealed yet',
  retired: (count) => `${entries(count)} deleted after their time`,
  forgedHead: 'The ends of the chain were not written by this service. Report it at once.',
  verify: 'Verify everything',
  verifying: 'Verifying every entry',
  whole: (count, unsealed) =>
    `${entries(count)} verified, ${unsealed} more not sealed yet. Nothing was changed, forged or deleted.`,
  broken: (number, because) => `Entry ${number}: ${because}. Keep everything as it is and report it at once.`,
  fileName: 'audit-trail',
}
