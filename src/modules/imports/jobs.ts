import Type from 'typebox'
import { Id } from '#platform/http/schemas.ts'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { commitImport } from './commit/commit-import.ts'
import { forgetImports } from './commit/forget-imports.ts'
import { resumeUndo } from './commit/undo-import.ts'
import { judgeImport } from './judge/judge-import.ts'
import type { SheetRegister } from './judge/register.ts'

const Import = Type.Object({ importId: Id })
const daily = 86_400

/** @param registers the import registers, in the order in which their rows are judged */
export function importJobs(registers: readonly SheetRegister[]): Jobs<AppContext> {
  return {
    'imports.judge': job({
      params: Import,
      attempts: 4,
      run: (context, { importId }, run) => judgeImport(context, registers, importId, run),
    }),
    'imports.commit': job({
      params: Import,
      attempts: 4,
      run: (context, { importId }, run) => commitImport(context, registers, importId, run),
    }),
    /** Waits beside an undo, for the case that its process ends. */
    'imports.undo': job({
      params: Import,
      attempts: 4,
      run: (context, { importId }) => resumeUndo(context, registers, importId),
    }),
    'imports.forget': job({
      params: Type.Object({}),
      everySeconds: daily,
      run: ({ db, now }) => forgetImports(db, now()),
    }),
  }
}
