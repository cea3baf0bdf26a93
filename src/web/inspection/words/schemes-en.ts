import type { SchemeWords } from './schemes-zh.ts'

export const schemesEn: SchemeWords = {
  title: 'Schemes',
  question: 'By which standards is the city looked at?',
  name: 'Name',
  edition: 'Edition',
  editionOf: (edition) => `Edition ${edition}`,
  issuer: 'Issued by',
  method: 'Scoring',
  standards: 'Standards',
  standardCount: (count) => `${count}`,
  state: 'State',
  anyState: 'Every state',
  publishedAt: 'Published',
  none: '—',
  found: (shown, more) => (more ? `${shown} on this page, and more after it` : `${shown} editions`),
  empty: 'No schemes yet.',
  emptyFiltered: 'No scheme fits these filters.',
  new: 'New scheme',
  create: 'Create',
  created: (name) => `“${name}” was created`,
}
