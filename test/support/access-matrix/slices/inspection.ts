import { anyone, type Case, rule, type Table } from '../declare.ts'
import type { Target } from '../world.ts'

const once: Partial<Case> = { at: ['own'] }
const noScheme = '404 scheme.missing'
const noPoint = '404 point.missing'
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
  assignStandard: rule(
    'schemes.edit',
    'unit',
    (target, { own }) => ({
      ...ofStandard(target),
      body: { units: [{ districtCode: null, unitId: own.unit, role: 'lead' }] },
    }),
    { refused: noScheme },
  ),
  deleteStandard: rule('schemes.edit', 'unit', ofStandard, { refused: noScheme }),
  listPoints: anyone('schemes.read', () => ({})),
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
  closePoint: rule('points.edit', 'zone', ofPoint, { refused: noPoint }),
  reopenPoint: rule('points.edit', 'zone', ofPoint, { refused: noPoint }),
}
