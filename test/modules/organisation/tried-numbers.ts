import { and, eq } from 'drizzle-orm'
import { auditEntries } from '#platform/audit/schema.ts'
import type { TestApp } from '#test/support/app.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'

export type Who = Parameters<TestApp['as']>[0]

/** 139****1234, with these four digits in the middle. */
export const phone = (middle: number) => `139${String(middle).padStart(4, '0')}1234`

export const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, n) => phone(from + n))

/** 欧阳明德, whose number nobody but the office knows, in a team with a leader. */
export async function aSecret(app: TestApp) {
  const unit = await aUnit(app.db, { name: '甲单位', districtCode: '210502' })
  const team = await aTeam(app.db, { unitId: unit.id, name: '一队' })
  const person = await aPerson(app, { name: '欧阳明德', phone: phone(6754), teamId: team.id })
  const leader = await app.signIn({ role: 'team_leader', teamId: team.id })
  const admin = await app.signIn({ role: 'unit_administrator', unitId: unit.id })
  return { unit, team, person, leader, admin }
}

export async function lookUp(app: TestApp, who: Who, number: string): Promise<string> {
  const { status, body } = await app.as(who).post('/api/person-look-ups').send({ number })
  return status === 200 ? String(body.items.length) : `${status} ${body.code}`
}

export const actionsOn = async (app: TestApp, action: string, subject?: string) =>
  app.db.read
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.action, action), subject ? eq(auditEntries.subject, subject) : undefined))

export const exhausted = '429 lookups.exhausted'
