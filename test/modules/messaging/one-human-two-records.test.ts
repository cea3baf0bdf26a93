import { expect, test } from 'vitest'
import { persons } from '#modules/organisation/schema.ts'
import { startApp } from '#test/support/app.ts'
import { aShift, onTheDay, publish } from '#test/support/factories/events.ts'
import { anAssignment } from '#test/support/factories/mobilization.ts'
import { aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aWorkbook, committing, importing } from '#test/support/factories/spreadsheets.ts'

test('one human on the lists of two units is two records, and their number gets one message', async () => {
  await using app = await startApp({ unused: true })
  const phone = aPhone()
  for (const name of ['住建局', '永丰社区']) {
    const unit = await aUnit(app.db, { name })
    await aTeam(app.db, { unitId: unit.id, name: `${name}志愿服务队` })
    const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
    const file = await aWorkbook([
      ['姓名', '手机号', '单位'],
      ['欧阳明德', phone, name],
    ])
    const { id, counts } = await importing(app, [file], admin)
    expect(counts).toMatchObject({ new: 1 })
    await committing(app, id, admin)
  }
  const records = await app.db.read.select({ id: persons.id, name: persons.name }).from(persons)
  expect(records.map(({ name }) => name)).toEqual(['欧阳明德', '欧阳明德'])
  // One after the other: a human holds one place at a time, whatever the record.
  const morning = await aShift(app, { startsAt: onTheDay('08:30'), endsAt: onTheDay('11:30') })
  const { eventId } = morning
  const afternoon = await aShift(app, { eventId })
  for (const [at, { id }] of records.entries())
    await anAssignment(app, { shiftId: (at === 0 ? morning : afternoon).id, personId: id })
  await publish(app, eventId)
  const invitations = app.outbox().filter(({ kind }) => kind === 'invitation')
  expect(invitations.map(({ to }) => to)).toEqual([phone])
  expect(invitations[0].text.match(/\/c\/[0-9A-Z]{12}/g)).toHaveLength(2)
})
