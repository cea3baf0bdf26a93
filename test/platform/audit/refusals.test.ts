/** Throttles, denials, look-ups and exports stand in the audit trail. */
import { like } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { auditEntries } from '#platform/audit/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { anEvent } from '#test/support/factories/events.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aWorkbook, importing } from '#test/support/factories/spreadsheets.ts'
import { aScheme, aVisitedRound } from '#test/support/factories/visited.ts'

const entriesOf = async (app: TestApp, action: string) =>
  (
    await app.db.read
      .select()
      .from(auditEntries)
      .where(like(auditEntries.action, action))
      .orderBy(auditEntries.subject)
  ).map((entry) => ({ ...entry, details: JSON.parse(entry.details) }))

test('refusals by permission and by reach, and throttles, are recorded once a minute with a count', async () => {
  await using app = await startApp({ worker: false, env: { LIMIT_PER_SESSION: '7', LIMIT_PER_ADDRESS: '3' } })
  const [here, there] = [await aUnit(app.db), await aTeam(app.db)]
  const person = await aPerson(app, { teamId: there.id })
  const liaison = await app.signIn({ role: 'unit_administrator', unitId: here.id })
  const as = app.as(liaison)
  const statuses: number[] = []
  const readPerson = () => as.get(`/api/persons/${person.id}`)
  for (let at = 0; at < 4; at++) statuses.push((await as.get('/api/audit')).status)
  for (let at = 0; at < 12; at++) statuses.push((await readPerson()).status)
  for (let at = 0; at < 5; at++) statuses.push((await app.request.get('/api/activations/x')).status)
  const times = (count: number, status: number): number[] => Array(count).fill(status)
  expect(statuses).toEqual([...times(4, 403), ...times(7, 404), ...times(5, 429), ...times(3, 404), 429, 429])
  expect(await entriesOf(app, 'request.%')).toEqual([])
  await app.app.refusals.flush()
  const told = (await entriesOf(app, 'request.%')).map(({ action, subject, actorId, details }) => [
    ...[action, subject, actorId, details.status, details.times],
  ])
  expect(told.sort()).toEqual([
    ['request.refused', 'operation:listAuditEntries', liaison.userId, 403, 4],
    ['request.refused', 'operation:readPerson', liaison.userId, 404, 7],
    ['request.throttled', 'operation:readActivation', null, 429, 2],
    ['request.throttled', 'operation:readPerson', liaison.userId, 429, 5],
  ])
  await app.app.refusals.flush()
  expect(await entriesOf(app, 'request.%')).toHaveLength(4)
})

test('each look-up and each export leaves an entry with its filter', async () => {
  await using app = await startApp({ unused: true })
  const city = app.as('city_office')
  const phone = aPhone()
  const person = await aPerson(app, { phone })
  const event = await anEvent(app)
  const taken = await city.post(`/api/events/${event.id}/report-snapshots`).send({}).expect(201)
  const file = await aWorkbook({
    队员: [
      ['姓名', '联系电话', '单位'],
      ['钱进', null, '没有的单位'],
    ],
  })
  const { id: importId } = await importing(app, [file])
  const asked = { eventId: event.id, reason: 'insurance', explanation: '核对学生保险信息情况' }
  const disclosure = await city.post('/api/disclosures').send(asked).expect(201)
  await app.as('auditor').put(`/api/disclosures/${disclosure.body.id}/approval`).expect(200)
  const issuer = await aUnit(app.db)
  const stated = { kind: 'checklist', title: '达标清单', issuerUnitId: issuer.id }
  const book = await city.post('/api/books').send(stated).expect(201)
  const scheme = await aScheme(app.db, { issuerUnitId: issuer.id }, [{ code: 'A' }])
  const round = await aVisitedRound(app.db, { schemeId: scheme.id, issuerUnitId: issuer.id }, [])
  const months = { month: '2026-02', group: 'counties', issuerUnitId: issuer.id, roundIds: [round.id] }
  const ranking = await city.post('/api/rankings').send(months).expect(201)
  await app.settled()
  const table = {
    exportUnits: ['units.exported', () => city.get('/api/exports/units.xlsx').query({ kind: 'school' })],
    exportPersons: [
      'persons.exported',
      () => city.get('/api/exports/persons.xlsx').query({ search: 'zhang' }),
    ],
    exportReport: ['report.exported', () => city.get(`/api/events/${event.id}/report.xlsx`)],
    exportReportSnapshot: [
      'report.exported',
      () => city.get(`/api/report-snapshots/${taken.body.id}/report.xlsx`),
    ],
    downloadImportErrors: [
      'import.errors_downloaded',
      () => city.get(`/api/imports/${importId}/errors.xlsx`),
    ],
    lookUpPersons: ['persons.looked_up', () => city.post('/api/person-look-ups').send({ number: phone })],
    exportDisclosed: [
      'disclosure.exported',
      () => city.post(`/api/disclosures/${disclosure.body.id}/persons.xlsx`),
    ],
    exportMinorAccesses: [
      'minor_accesses.exported',
      () => app.as('auditor').get('/api/exports/minor-accesses.xlsx?year=2026'),
    ],
    exportChart: ['book.exported', () => city.get(`/api/books/${book.body.id}/chart?paper=A1`)],
    exportBook: ['book.exported', () => city.get(`/api/books/${book.body.id}/document?format=xlsx`)],
    exportBulletin: ['round.exported', () => city.get(`/api/rounds/${round.id}/bulletin?format=xlsx`)],
    exportRanking: [
      'ranking.exported',
      () => city.get(`/api/rankings/${ranking.body.id}/document?format=xlsx`),
    ],
    exportAudit: ['audit.exported', () => app.as('auditor').get('/api/exports/audit.xlsx')],
    revealPerson: ['person.revealed', () => city.post(`/api/persons/${person.id}/revelations`)],
  } as const
  expect(Object.keys(table).sort()).toEqual(exportsAndLookUps(app))
  for (const [operation, [action, ask]] of Object.entries(table)) {
    const before = (await entriesOf(app, action)).length
    expect([operation, (await ask()).status < 300]).toEqual([operation, true])
    expect([operation, (await entriesOf(app, action)).length]).toEqual([operation, before + 1])
  }
  const [units] = await entriesOf(app, 'units.exported')
  expect(units?.details).toEqual({ rows: 0, filter: { kind: 'school', top: false, closed: false } })
  const [persons] = await entriesOf(app, 'persons.exported')
  expect(persons?.details).toEqual({ rows: 0, filter: { searchCharacters: 5 } })
  const [looked] = await entriesOf(app, 'persons.looked_up')
  expect([looked?.subject, looked?.details]).toEqual([
    `person:${person.id}`,
    { filter: 'full number', found: 1 },
  ])
})

/** Every operation that answers a file, or tells people by a number: but templates, which hold nobody. */
function exportsAndLookUps(app: TestApp): string[] {
  type Described = { operationId: string; responses: Record<string, { content?: object }> }
  const { paths } = app.app.swagger() as unknown as { paths: Record<string, Record<string, Described>> }
  const answersFile = ({ responses }: Described) =>
    // A stream of counts is no file, and a picture is a part of the page that shows it.
    Object.keys(responses['200']?.content ?? {}).some((type) => !/json|event-stream|image/.test(type))
  return Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .filter((each) => answersFile(each) || /^(lookUp|reveal)/.test(each.operationId))
    .map(({ operationId }) => operationId)
    .filter((id) => id !== 'downloadImportTemplate')
    .sort()
}
