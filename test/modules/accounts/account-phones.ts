import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { auditEntries } from '#platform/audit/schema.ts'
import type { SignedIn, TestApp } from '#test/support/app.ts'
import { browserOf, told } from '#test/support/factories/accounts.ts'
import { aPerson, aPhone, aTeam, aUnit } from '#test/support/factories/organisation.ts'

/**
 * The leader of a team in district 210502, also a member of a team of another unit in 210503; their account was made by
 * the city office and has their phone.
 */
export async function aSharedLeader(app: TestApp, { phone = aPhone() }: { phone?: string } = {}) {
  const unit = await aUnit(app.db, { name: '市一中', districtCode: '210502' })
  const team = await aTeam(app.db, { name: '一中队', unitId: unit.id })
  const otherUnit = await aUnit(app.db, { name: '社区甲', districtCode: '210503' })
  const otherTeam = await aTeam(app.db, { name: '社区队', unitId: otherUnit.id })
  const person = await aPerson(app, {
    name: '李队长',
    phone,
    memberships: [{ teamId: team.id, role: 'leader' }, { teamId: otherTeam.id }],
  })
  const grants = [{ role: 'team_leader', teamId: team.id }]
  const { body } = await app
    .as('city_office')
    .post('/api/users')
    .send({ login: 'duizhang', name: '李队长', personId: person.id, grants })
    .expect(201)
  return { phone, unit, team, otherUnit, otherTeam, person, userId: body.id as string }
}

/** Asks for a sign-in code, and reads it from the phone when one came there. */
export async function codeFor(app: TestApp, phone: string): Promise<string | undefined> {
  const before = (await told(app)).length
  await browserOf(app).post('/api/login-codes').send({ phone }).expect(202)
  const came = (await told(app)).slice(before)
  expect(came.every(({ to }) => to === phone)).toBe(true)
  return /(?<!\d)\d{6}(?!\d)/.exec(came.at(-1)?.text ?? '')?.[0]
}

export async function signInByCode(app: TestApp, phone: string): Promise<SignedIn> {
  const code = await codeFor(app, phone)
  const { body } = await browserOf(app)
    .post('/api/sessions')
    .send({ phone, code, kind: 'bearer' })
    .expect(201)
  return { userId: body.userId, token: body.token }
}

export const trail = async (app: TestApp, userId: string, action: string) =>
  (
    await app.db.read
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.subject, `user:${userId}`))
  )
    .filter((entry) => entry.action === action)
    .map(({ actorId, details }) => ({ actorId, ...JSON.parse(details) }))

export const changed = '【集结】账号绑定的手机号已更改。如非本人操作，请速联系单位管理员。'
