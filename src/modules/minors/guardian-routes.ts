import Type from 'typebox'
import { guardRevelations, searchNameOf } from '#modules/organisation/index.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import {
  assertInChargeNow,
  openEmergency,
  payingReach,
  pupilsOfTeacher,
  showGuardians,
} from './around-shift.ts'
import { EmergencyCall, GuardianNumbers, PupilGuardians } from './contract.ts'
import { minorsPolicy } from './policy.ts'

const tags = ['未成年人信息 · data of minors']
const params = Type.Object({ shiftId: Id })

/** What teachers and the person in charge of a shift may see around it without an approval. */
export function guardianRoutes(app: App, context: AppContext): void {
  const { db, keys, now } = context
  app.route({
    method: 'POST',
    url: '/api/shifts/:shiftId/guardian-numbers',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'showGuardianNumbers',
      tags,
      summary:
        '本班学生监护人电话：班次前后两小时，记入审计 · Guardians’ numbers of one’s own class, from two hours before the shift until two hours after; audited',
      params,
      response: { 200: ref(GuardianNumbers), ...problems },
    },
    handler: async ({ actor: by, params: { shiftId } }, reply) => {
      const at = now()
      const { pupils, until } = await pupilsOfTeacher(db.read, { shiftId, by, at })
      const receipt = await guardRevelations(context, minorsPolicy.appointers, {
        ...{ by, kind: 'guardians', reach: payingReach(by) },
        about: async () => pupils.map(({ person }) => person.id),
      })
      const items = await db.transaction((tx) =>
        showGuardians(tx, keys, { shiftId, by, at, pupils, receipt }),
      )
      return reply.send({ items, until: isoOf(until) })
    },
  })
  app.route({
    method: 'POST',
    url: '/api/shifts/:shiftId/emergencies',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'callGuardian',
      tags,
      summary:
        '紧急联系监护人：现场负责人按学生姓名查看，学校、市文明办、安全审计员同时获知 · A guardian’s number in an emergency, for the person in charge; school, office and auditors are told',
      params,
      body: EmergencyCall,
      response: { 200: ref(PupilGuardians), ...problems },
    },
    handler: async ({ actor: by, params: { shiftId }, body }, reply) => {
      const at = now()
      await assertInChargeNow(db.read, { shiftId, by, at })
      const receipt = await guardRevelations(context, minorsPolicy.appointers, {
        ...{ by, kind: 'emergency', reach: payingReach(by) },
        about: async () => [keys.blindIndex('emergency', `${shiftId} ${searchNameOf(body.name)}`)],
      })
      const call = { shiftId, ...body, by, at, receipt }
      return reply.send(await db.transaction((tx) => openEmergency(tx, keys, call)))
    },
  })
}
