/** An import that each unit's administrator began, judged and waiting for a word. */
import type { SignedIn, TestApp } from '#test/support/app.ts'
import { aCsv } from '#test/support/factories/spreadsheets.ts'

export interface ImportThings {
  import: string
  sheet: string
  /** Another one, which was committed. */
  committed: string
}

/** Uploads a list with one new person as somebody; the worker judges it later. */
export async function anImport(
  app: TestApp,
  by: SignedIn,
  { person, unit, team }: { person: string; unit: string; team: string },
): Promise<string> {
  const { name, bytes } = aCsv(`姓名,单位,队伍\n${person},${unit},${team}\n`)
  const upload = app.as(by).post('/api/imports').attach('files', bytes, { filename: name })
  const { body } = await upload.expect(202)
  return body.id
}

/** The sheet of an import that is judged. */
export async function sheetOf(app: TestApp, importId: string): Promise<string> {
  const { body } = await app.as('city_office').get(`/api/imports/${importId}`).expect(200)
  return body.files[0].sheets[0].id
}
