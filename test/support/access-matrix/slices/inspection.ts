import { newId } from '#platform/ids.ts'
import { anyone, type Case, rule, type Table } from '../declare.ts'
import type { Target } from '../world.ts'

const once: Partial<Case> = { at: ['own'] }
const noScheme = '404 scheme.missing'
const noPoint = '404 point.missing'
const noRound = '404 round.missing'
const noCase = '404 case.missing'
const noUpload = '404 upload.missing'
const ofRound = ({ round }: Target) => ({ params: { roundId: round }, version: 1 })
const ofDrawn = ({ drawnRound }: Target) => ({ params: { roundId: drawnRound }, version: 1 })
const ofClosed = ({ closedRound }: Target) => ({ params: { roundId: closedRound } })
const shiftPeriod = { startsAt: '2026-03-04T13:30:00+08:00', endsAt: '2026-03-04T17:30:00+08:00' }
const period = { opensAt: '2026-03-05T08:00:00+08:00', endsAt: '2026-03-31T18:00:00+08:00' }
const ofScheme = ({ scheme }: Target) => ({ params: { schemeId: scheme }, version: 1 })
const ofPublished = ({ publishedScheme }: Target) => ({ params: { schemeId: publishedScheme }, version: 1 })
const ofStandard = ({ standard }: Target) => ({ params: { standardId: standard }, version: 1 })
const ofPoint = ({ point }: Target) => ({ params: { pointId: point }, version: 1 })

/** A scheme belongs to the unit that writes it, a point to the district of its zone; what is published everybody reads. */
export const inspection: Table = {
  listSchemes: anyone('schemes.read', () => ({})),
  readScheme: anyone(
    'schemes.read',
    ({ publishedScheme }) => ({ params: { schemeId: publishedScheme } }),
    once,
  ),
  createScheme: rule(
    'schemes.edit',
    'unit',
    ({ unit }) => ({ body: { name: '自查标准', issuerUnitId: unit } }),
    { refused: '404 unit.missing' },
  ),
  changeScheme: rule('schemes.edit', 'unit', (target) => ({ ...ofScheme(target), body: { scale: 10 } }), {
    refused: noScheme,
  }),
  publishScheme: rule('schemes.edit', 'unit', ofScheme, { refused: noScheme }),
  copyScheme: rule(
    'schemes.edit',
    'unit',
    ({ publishedScheme }) => ({ params: { schemeId: publishedScheme } }),
    {
      refused: '403 access.out_of_reach',
    },
  ),
  closeScheme: rule('schemes.edit', 'unit', ofPublished, { refused: '403 access.out_of_reach' }),
  reopenScheme: rule('schemes.edit', 'unit', ofPublished, { refused: '403 access.out_of_reach' }),
  listStandards: anyone(
    'schemes.read',
    ({ publishedScheme }) => ({ params: { schemeId: publishedScheme } }),
    once,
  ),
  createStandard: rule(
    'schemes.edit',
    'unit',
    ({ scheme }) => ({
      params: { schemeId: scheme },
      body: { code: 'JT-02', pointClass: 'compound', text: '楼道整洁' },
    }),
    { refused: noScheme },
  ),
  changeStandard: rule('schemes.edit', 'unit', (target) => ({ ...ofStandard(target), body: { weight: 2 } }), {
    refused: noScheme,
  }),
  assignStandard: {
    access: 'schemes.edit',
    cases: [
      {
        whose: 'unit',
        ask: (target, { own }) => ({
          ...ofStandard(target),
          body: { units: [{ districtCode: null, unitId: own.unit, role: 'lead' }] },
        }),
        refused: noScheme,
      },
      {
        name: 'led by another unit',
        whose: 'unit',
        ask: ({ unit }, { own }) => ({
          ...ofStandard(own),
          body: { units: [{ districtCode: null, unitId: unit, role: 'lead' }] },
        }),
        refused: '404 unit.missing',
        at: ['own', 'sibling', 'other', 'parent'],
      },
    ],
  },
  deleteStandard: rule('schemes.edit', 'unit', ofStandard, { refused: noScheme }),
  listPoints: anyone('schemes.read', () => ({})),
  mapPoints: anyone('schemes.read', () => ({})),
  readPoint: anyone('schemes.read', ({ point }) => ({ params: { pointId: point } }), once),
  createPoint: rule(
    'points.edit',
    'zone',
    ({ openZone }) => ({
      body: { code: 'PS-XQ-9', name: '东明小区', pointClass: 'compound', zoneId: openZone },
    }),
    { refused: '403 access.out_of_reach', at: ['own', 'sibling', 'other', 'parent'] },
  ),
  changePoint: rule('points.edit', 'zone', (target) => ({ ...ofPoint(target), body: { name: '西明小区' } }), {
    refused: noPoint,
  }),
  listPointVisits: anyone('rounds.read', ({ point }) => ({ params: { pointId: point } }), once),
  listRounds: anyone('rounds.read', () => ({})),
  readRound: anyone('rounds.read', ofClosed, once),
  proveRound: anyone('rounds.read', ofClosed, once),
  listRoundVisits: anyone('rounds.read', ofClosed, once),
  readVisit: anyone('rounds.read', ({ visit }) => ({ params: { visitId: visit } }), once),
  readRoundProgress: rule('rounds.run', 'unit', ({ round }) => ({ params: { roundId: round } }), {
    refused: noRound,
  }),
  checkInspector: rule(
    'rounds.run',
    'unit',
    ({ drawnRound }, { newcomer }) => ({ params: { roundId: drawnRound, userId: newcomer } }),
    { refused: noRound },
  ),
  createRound: {
    access: 'rounds.run',
    cases: [
      {
        whose: 'unit',
        ask: ({ unit, publishedScheme }) => ({
          body: {
            ...{ kind: 'monthly', title: '3月测评', schemeId: publishedScheme, issuerUnitId: unit },
            ...{ ...period, spec: { size: 9 } },
          },
        }),
        refused: '404 unit.missing',
      },
      {
        name: 'over a district',
        whose: 'zone',
        at: ['own', 'other'],
        ask: ({ district }, { own }) => ({
          body: {
            ...{ kind: 'monthly', title: '3月测评', schemeId: own.publishedScheme, issuerUnitId: own.unit },
            ...{ ...period, spec: { size: 9, districtCodes: [district] } },
          },
        }),
        refused: '403 access.out_of_reach',
      },
    ],
  },
  changeRound: rule('rounds.run', 'unit', (target) => ({ ...ofRound(target), body: { title: '4月测评' } }), {
    refused: noRound,
  }),
  drawRound: rule('rounds.run', 'unit', ofRound, { refused: noRound }),
  discloseRound: rule('rounds.run', 'unit', ofDrawn, { refused: noRound }),
  closeRound: rule('rounds.run', 'unit', ofDrawn, { refused: noRound }),
  exportBulletin: rule(
    'rounds.run',
    'unit',
    ({ closedRound }) => ({ params: { roundId: closedRound }, query: { format: 'xlsx' } }),
    { refused: '403 access.out_of_reach' },
  ),
  // Who has no role is no inspector: that is said to whoever runs the round alone.
  assignVisits: rule(
    'rounds.run',
    'unit',
    ({ drawnRound, drawnVisit }, { newcomer }) => ({
      params: { roundId: drawnRound },
      body: { visits: [{ visitId: drawnVisit, inspectorUserId: newcomer, opensAt: period.opensAt }] },
    }),
    { allowed: '403 inspector.not_one', refused: noRound },
  ),
  readMyVisits: anyone('visits.record', () => ({}), once),
  uploadVisit: anyone(
    'visits.record',
    () => ({
      body: {
        ...{ operationId: newId(), visitId: newId(), observations: [] },
        ...{ startedAt: period.opensAt, endedAt: period.opensAt },
      },
    }),
    once,
  ),
  readVisitReceipt: anyone('visits.record', () => ({ params: { operationId: newId() } }), {
    ...once,
    allowed: noUpload,
  }),
  addVisitPicture: anyone(
    'visits.record',
    () => ({ params: { operationId: newId(), pictureId: newId() }, file: { name: 'a.jpg', text: 'a' } }),
    { ...once, allowed: noUpload },
  ),
  bringVisit: rule(
    'rounds.run',
    'unit',
    ({ drawnRound, drawnVisit }, { newcomer }) => ({
      params: { roundId: drawnRound },
      body: {
        inspectorUserId: newcomer,
        visit: {
          ...{ operationId: newId(), visitId: drawnVisit, observations: [] },
          ...{ startedAt: period.opensAt, endedAt: period.opensAt },
        },
      },
    }),
    { allowed: '409 inspector.not_in_round', refused: noRound },
  ),
  bringVisitPicture: rule(
    'rounds.run',
    'unit',
    ({ drawnRound }) => ({
      params: { roundId: drawnRound, operationId: newId(), pictureId: newId() },
      file: { name: 'a.jpg', text: 'a' },
    }),
    { allowed: noUpload, refused: noRound },
  ),
  listHeldUploads: anyone('rounds.run', () => ({}), once),
  settleHeldUpload: anyone(
    'rounds.run',
    () => ({ params: { uploadId: newId() }, version: 1, body: { note: '已核实' } }),
    { ...once, allowed: noUpload },
  ),
  readHeldUpload: anyone('rounds.run', () => ({ params: { uploadId: newId() } }), {
    ...once,
    allowed: noUpload,
  }),
  acceptHeldUpload: anyone(
    'rounds.run',
    ({ publishedScheme, openZone }) => ({
      params: { uploadId: newId() },
      version: 1,
      body: { schemeId: publishedScheme, zoneId: openZone, note: '内容属实' },
    }),
    { ...once, allowed: noUpload },
  ),
  countCases: anyone('cases.read', () => ({}), once),
  listCases: rule('cases.read', 'unit', () => ({ query: { limit: '200' } }), {
    shows: (target) => target.case,
  }),
  readCase: rule('cases.read', 'unit', (target) => ({ params: { caseId: target.case } }), {
    refused: noCase,
  }),
  readCaseDuty: rule('cases.read', 'unit', (target) => ({ params: { caseId: target.case } }), {
    refused: noCase,
  }),
  draftCaseShift: {
    access: 'events.edit',
    cases: [
      {
        whose: 'unit',
        needs: 'cases.read',
        // An event that is not there, so that nobody can say which events are theirs.
        ask: (target) => ({
          params: { caseId: target.case },
          version: 1,
          body: { eventId: newId(), ...shiftPeriod, min: 1, target: 2, max: 3 },
        }),
        allowed: '404 event.missing',
        refused: noCase,
      },
    ],
  },
  // Nobody could sign it off, which is said to whoever could issue it alone.
  issueCase: rule(
    'rounds.run',
    'unit',
    ({ waitingCase }) => ({ params: { caseId: waitingCase }, version: 1 }),
    {
      refused: noCase,
      allowed: '409 case.nobody_checks',
      at: ['own', 'sibling', 'other', 'parent'],
    },
  ),
  nameCaseUnit: {
    access: 'rounds.run',
    cases: [
      {
        whose: 'unit',
        ask: ({ waitingCase, besideUnit }) => ({
          params: { caseId: waitingCase },
          version: 1,
          body: { unitId: besideUnit },
        }),
        refused: noCase,
        // The job that issues cases touches what waits at a closed unit.
        at: ['own', 'sibling', 'other', 'parent'],
      },
      {
        name: 'another unit',
        whose: 'unit',
        ask: ({ besideUnit }, { own }) => ({
          params: { caseId: own.waitingCase },
          version: 1,
          body: { unitId: besideUnit },
        }),
        refused: '404 unit.missing',
        at: ['own', 'sibling', 'other', 'parent'],
      },
    ],
  },
  closePoint: rule('points.edit', 'zone', ofPoint, { refused: noPoint }),
  reopenPoint: rule('points.edit', 'zone', ofPoint, { refused: noPoint }),
}
