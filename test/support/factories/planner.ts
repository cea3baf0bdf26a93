import type { Problem } from '#planner/index.ts'

type Demand = Partial<Problem['shifts'][number]>

/** A problem in the planner's own format: by default one unit, team and zone; everybody is free all day. */
export function aProblem(
  wanted: Partial<Problem> & { people?: Partial<PersonColumns>[]; demand?: Demand[] } = {},
): Problem {
  const { people = [], demand = [], ...rest } = wanted
  const column = <K extends keyof PersonColumns>(key: K, otherwise: PersonColumns[K]) =>
    people.map((person) => person[key] ?? otherwise)
  return {
    K: 10,
    speed: 200,
    buffer: 10,
    reserveShare: 0,
    districts: 1,
    units: [{ district: 0 }],
    teams: [{ unit: 0, school: -1, x: 0, y: 0 }],
    zones: [{ district: 0, x: 0, y: 0, kind: 0, minorsOk: true, unit: -1 }],
    commitments: [],
    pins: [],
    policy: 'fill',
    vol: {
      team: column('team', 0),
      minor: column('minor', 0),
      skills: column('skills', 0),
      from: column('from', 480),
      to: column('to', 1080),
      hours: column('hours', 0),
      barred: column('barred', 0),
    },
    shifts: demand.map((shift) => ({ zone: 0, start: 540, end: 660, min: 0, target: 1, max: 2, ...shift })),
    ...rest,
  }
}

interface PersonColumns {
  team: number
  minor: number
  skills: number
  from: number
  to: number
  hours: number
  barred: number
}
