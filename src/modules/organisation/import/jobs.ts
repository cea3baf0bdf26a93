import Type from 'typebox'
import { Id } from '#platform/http/schemas.ts'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { commitImport } from './commit-import.ts'
import type { ListDistricts } from './districts.ts'
import { forgetImports } from './forget-imports.ts'
import { judgeImport } from './judge-import.ts'

const Import = Type.Object({ importId: Id })
const daily = 86_400

/** @param districts the names of districts, from whichever slice above knows them */
export function importJobs(districts: ListDistricts): Jobs<AppContext> {
  return {
    'imports.judge': job({
      params: Import,
      attempts: 4,
      run: (context, { importId }) => judgeImport(context, districts, importId),
    }),
    'imports.commit': job({
      params: Import,
      attempts: 4,
      run: (context, { importId }) => commitImport(context, districts, importId),
    }),
    'imports.forget': job({
      params: Type.Object({}),
      everySeconds: daily,
      run: ({ db, now }) => forgetImports(db, now()),
    }),
  }
}
