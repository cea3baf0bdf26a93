import { type Ask, anyone, rule, type Table } from '../declare.ts'
import type { Target } from '../world.ts'

/** Who leads a team sees the unit it is of, and changes nothing there. */
const seen = ['unit', 'unit of a team'] as const
const listed = ({ unit }: Target) => `"id":"${unit}","version"`
const missing = '404 unit.missing'
const atUnit = ({ unit }: Target): Ask => ({ params: { unitId: unit } })
const kind = 'government'

/** Units are seen and changed by whom their line or district belongs to. */
export const units: Table = {
  matchUnits: {
    access: 'units.read',
    cases: [
      {
        // Lists of units are made by whoever answers for units, not by leaders.
        whose: 'unit',
        at: ['own', 'other', 'parent'],
        // The names of the world's units.
        ask: () => ({ body: { names: ['一处', '二处', '外区局', '市局'] } }),
        shows: ({ unit }) => `"id":"${unit}"`,
      },
    ],
  },
  listUnits: {
    access: 'units.read',
    cases: [
      {
        whose: seen,
        at: ['own', 'sibling', 'other', 'parent'],
        ask: () => page,
        shows: listed,
      },
      { name: 'closed', whose: seen, at: ['closed'], ask: () => closedPage, shows: listed },
    ],
  },
  exportUnits: {
    access: 'units.read',
    cases: [
      {
        whose: 'unit',
        at: ['own', 'sibling', 'other', 'parent'],
        ask: () => ({}),
        shows: ({ leafName }) => leafName,
      },
    ],
  },
  readOrganisationFigures: anyone('units.read', () => ({})),
  readUnit: { access: 'units.read', cases: [{ whose: seen, ask: atUnit, refused: missing }] },
  createUnit: {
    access: 'units.edit',
    cases: [
      {
        name: 'below a unit',
        whose: 'unit',
        ask: ({ unit, district }) => ({
          body: { name: '新处', kind, parentId: unit, districtCode: district },
        }),
        refused: missing,
        allowed: { closed: '409 parent.closed' },
      },
      {
        name: 'at the top of a district',
        whose: 'zone',
        at: ['own', 'other'],
        ask: ({ district }) => ({ body: { name: '新局', kind, districtCode: district } }),
        refused: missing,
      },
      {
        name: 'in no district',
        whose: 'everything',
        at: ['own'],
        ask: () => ({ body: { name: '新局', kind } }),
        refused: missing,
      },
    ],
  },
  changeUnit: {
    access: 'units.edit',
    cases: [
      {
        whose: 'unit',
        ask: ({ unit }) => ({ params: { unitId: unit }, version: 1, body: { staffCount: 12 } }),
        refused: missing,
      },
      {
        name: 'below another unit',
        whose: 'unit',
        ask: ({ unit }, { own }) => ({
          params: { unitId: own.leaf },
          version: 1,
          body: { parentId: unit },
        }),
        at: ['sibling', 'other', 'parent', 'closed'],
        refused: missing,
        allowed: { closed: '409 parent.closed' },
      },
      {
        name: 'away from another unit',
        whose: 'unit',
        ask: ({ leaf }, { own }) => ({ params: { unitId: leaf }, version: 1, body: { parentId: own.unit } }),
        at: ['sibling', 'other', 'parent'],
        refused: missing,
      },
      {
        // It stands in the own district and reports to a unit of another.
        name: 'away from a parent out of reach',
        whose: 'everything',
        at: ['own'],
        ask: ({ unit }, { astray }) => ({ params: { unitId: astray }, version: 1, body: { parentId: unit } }),
      },
      {
        name: 'into another district',
        whose: 'zone',
        ask: ({ district }, { own }) => ({
          params: { unitId: own.leaf },
          version: 1,
          body: { districtCode: district },
        }),
        at: ['other'],
      },
    ],
  },
  closeUnit: rule('units.edit', 'unit', ({ leaf }) => ({ params: { unitId: leaf }, version: 1 }), {
    refused: missing,
  }),
  reopenUnit: rule('units.edit', 'unit', ({ shutLeaf }) => ({ params: { unitId: shutLeaf }, version: 1 }), {
    refused: missing,
  }),
  confirmAlias: rule(
    'units.edit',
    'unit',
    ({ unit }) => ({ params: { unitId: unit }, body: { alias: '新别名' } }),
    {
      refused: missing,
    },
  ),
  forgetAlias: rule('units.edit', 'unit', ({ alias }) => ({ params: { aliasId: alias } }), {
    refused: '404 alias.missing',
  }),
}

const page: Ask = { query: { limit: '200' } }
const closedPage: Ask = { query: { limit: '200', closed: 'true' } }
