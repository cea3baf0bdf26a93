import { type Ask, anyone, type Case, rule, type Table } from '../declare.ts'
import type { Target } from '../world.ts'

const atImport = (target: Target): Ask => ({ params: { importId: target.import } })
const theirs: Partial<Case> = { refused: '404 import.missing' }

/** An import is seen by whoever began it, and by whoever imports for the whole organisation. */
export const imports: Table = {
  startImport: anyone('imports.run', () => ({ file: { name: 'list.csv', text: '姓名\n钱七\n' } }), {
    at: ['own'],
  }),
  listImports: rule('imports.run', 'starter', () => ({ query: { limit: '200' } }), {
    shows: (target) => target.import,
  }),
  readImport: rule('imports.run', 'starter', atImport, theirs),
  listImportRows: rule('imports.run', 'starter', atImport, theirs),
  listImportDecisions: rule('imports.run', 'starter', atImport, theirs),
  listImportKinds: anyone('imports.run', () => ({}), { at: ['own'] }),
  listImportLines: rule(
    'imports.run',
    'starter',
    (target) => ({ params: { importId: target.import, sheetId: target.sheet } }),
    theirs,
  ),
  decideImport: rule(
    'imports.run',
    'starter',
    (target) => ({ ...atImport(target), body: { decisions: [] } }),
    theirs,
  ),
  correctImportHeadings: rule(
    'imports.run',
    'starter',
    (target) => ({
      params: { importId: target.import, sheetId: target.sheet },
      version: 1,
      body: { list: 'people', headingLine: 1, columns: [{ index: 0, field: 'name' }] },
    }),
    theirs,
  ),
  correctImportCells: rule(
    'imports.run',
    'starter',
    (target) => ({
      params: { importId: target.import, sheetId: target.sheet },
      version: 1,
      body: { cells: [] },
    }),
    theirs,
  ),
  leaveOutImportLines: rule(
    'imports.run',
    'starter',
    (target) => ({
      params: { importId: target.import, sheetId: target.sheet },
      version: 1,
      body: { lines: [] },
    }),
    theirs,
  ),
  commitImport: rule('imports.run', 'starter', atImport, theirs),
  undoImport: rule(
    'imports.run',
    'starter',
    (target) => ({ params: { importId: target.committed } }),
    theirs,
  ),
  downloadImportErrors: rule('imports.run', 'starter', atImport, theirs),
  downloadImportTemplate: anyone('imports.run', () => ({ params: { kind: 'people' } }), { at: ['own'] }),
}
