import { anyone, type Case, rule, type Table } from '../declare.ts'
import type { Target } from '../world.ts'

const missing = '404 zone.missing'
const atZone = ({ zone }: Target) => ({ params: { zoneId: zone } })
const duty = (zoneId: string, unitId: string) => ({ zoneId, unitId, level: 'leader' })

/** That somebody answers is for everybody; who it is, for whoever reaches them: a screen in a hall does not. */
const named: Partial<Case> = {
  whose: 'unit',
  at: ['own', 'other'],
  needs: 'persons.read',
  shows: ({ keeperName }) => keeperName,
}

/** The map of a city is one: everybody with the permission reads all of it. Zones are changed by their district. */
export const grid: Table = {
  listDistricts: anyone('grid.read', () => ({})),
  listZones: anyone('grid.read', () => ({ query: { limit: '200' } })),
  mapZones: anyone('grid.read', () => ({})),
  readZone: anyone('grid.read', atZone),
  createZone: {
    access: 'grid.edit',
    cases: [
      {
        name: 'in a zone',
        whose: 'zone',
        ask: ({ zone }) => ({ body: { name: '新网格', kind: 'grid_cell', parentId: zone } }),
        refused: missing,
        allowed: { closed: '409 parent.closed' },
      },
      {
        name: 'in no district',
        whose: 'everything',
        at: ['own'],
        ask: () => ({ body: { name: '新网格', kind: 'grid_cell' } }),
        refused: missing,
      },
    ],
  },
  previewZoneSplit: rule(
    'grid.edit',
    'zone',
    ({ zone }) => ({ params: { zoneId: zone }, body: { parts: [{ name: '东片' }, { name: '西片' }] } }),
    { allowed: { closed: '409 zone.closed' }, refused: '404 zone.missing' },
  ),
  // Whoever was shown nothing has nothing to do; who was shown it is looked at again.
  splitZone: anyone(
    'grid.edit',
    ({ zone }, { campaign }) => ({ params: { zoneId: zone }, body: { token: campaign } }),
    { allowed: '404 preview.missing' },
  ),
  changeZone: {
    access: 'grid.edit',
    cases: [
      {
        whose: 'zone',
        ask: ({ zone }) => ({ params: { zoneId: zone }, version: 1, body: { minorsSuitable: true } }),
        refused: missing,
      },
      {
        name: 'into another zone',
        whose: 'zone',
        at: ['other'],
        ask: ({ zone }, { own }) => ({ params: { zoneId: own.zone }, version: 1, body: { parentId: zone } }),
        refused: missing,
      },
    ],
  },
  closeZone: rule('grid.edit', 'zone', ({ zone }) => ({ params: { zoneId: zone }, version: 1 }), {
    refused: missing,
  }),
  reopenZone: rule('grid.edit', 'zone', ({ zone }) => ({ params: { zoneId: zone }, version: 1 }), {
    refused: missing,
  }),
  importZones: rule(
    'grid.edit',
    'zone',
    ({ zoneCode }) => ({
      file: { name: 'zones.csv', text: `code,name,kind\n${zoneCode},改名的网格,street\n` },
    }),
    { at: ['own', 'sibling', 'other', 'parent'], refused: '403 zone.out_of_reach' },
  ),
  listResponsibilities: anyone('grid.read', () => ({ query: { limit: '200' } }), named),
  listResponsibilityGaps: anyone('grid.read', () => ({ query: { level: 'unit', limit: '200' } })),
  readResponsibility: anyone('grid.read', ({ keeperDuty }) => ({ params: { id: keeperDuty } }), named),
  whoAnswers: anyone('grid.read', atZone, named),
  coverageOfZone: anyone('grid.read', atZone),
  createResponsibility: {
    access: 'responsibilities.edit',
    cases: [
      {
        name: 'for a zone',
        whose: 'zone',
        ask: ({ zone }, { own }) => ({ body: duty(zone, own.unit) }),
        refused: missing,
      },
      {
        name: 'of somebody',
        whose: 'person',
        at: ['own', 'sibling', 'other', 'parent', 'shared'],
        ask: ({ person }, { own }) => ({ body: { zoneId: own.zone, personId: person, level: 'leader' } }),
        refused: '404 person.missing',
      },
    ],
  },
  changeResponsibility: rule(
    'responsibilities.edit',
    'zone',
    ({ responsibility }) => ({ params: { id: responsibility }, version: 1, body: { duties: '清扫' } }),
    { refused: '404 responsibility.missing' },
  ),
  saveResponsibilities: rule(
    'responsibilities.edit',
    'zone',
    ({ zone }, { own }) => ({ body: { items: [duty(zone, own.unit)] } }),
    { refused: missing },
  ),
  importResponsibilities: rule(
    'responsibilities.edit',
    'zone',
    ({ zoneCode }, { own }) => ({
      file: { name: 'duties.csv', text: `zone_code,level,unit\n${zoneCode},leader,${own.unitName}\n` },
    }),
    { at: ['own', 'sibling', 'other', 'parent'], refused: missing },
  ),
}
