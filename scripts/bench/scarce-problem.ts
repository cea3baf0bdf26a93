import type { Problem } from '#planner/index.ts'
import { type Random, randomFrom } from './plan-problem.ts'

/** Ways in which a day runs out of people. Each makes a scarce day out of a full one; the same seed, the same day. */
export const scarcities = {
  '40 % away': (day: Problem, random: Random) => away(day, 0.4, random),
  '60 % away': (day: Problem, random: Random) => away(day, 0.6, random),
  '75 % away': (day: Problem, random: Random) => away(day, 0.75, random),
  'few teachers': (day: Problem, random: Random) => fewTeachers(away(day, 0.4, random), random),
  'rare skills': (day: Problem, random: Random) => rareSkills(away(day, 0.4, random), random),
  'own unit hard': (day: Problem, random: Random): Problem => ({
    ...away(day, 0.6, random),
    ownUnit: 'hard',
  }),
} as const
export type Scarcity = keyof typeof scarcities

export function scarceDay(full: Problem, scarcity: Scarcity, seed: number): Problem {
  return scarcities[scarcity](structuredClone(full), randomFrom(seed))
}

function away(day: Problem, share: number, random: Random): Problem {
  for (const person of day.vol.team.keys()) if (random() < share) stayAway(day, person)
  return day
}

/** Two of three adults of teams with minors stay away, too. */
function fewTeachers(day: Problem, random: Random): Problem {
  const { team, minor } = day.vol
  const classes = new Set(team.filter((_, person) => minor[person] === 1))
  for (const person of team.keys())
    if (!minor[person] && classes.has(team[person]!) && random() < 2 / 3) stayAway(day, person)
  return day
}

/** Two of three people with skills have none, and twice as many shifts ask for one. */
function rareSkills(day: Problem, random: Random): Problem {
  day.vol.skills = day.vol.skills.map((skills) => (random() < 2 / 3 ? 0 : skills))
  for (const shift of day.shifts)
    if ((shift.skill ?? -1) < 0 && !shift.skills && random() < 0.5) {
      shift.skill = Math.floor(random() * 3)
      shift.skillMin = 1
    }
  return day
}

function stayAway({ vol, pins, commitments }: Problem, person: number): void {
  if (pins.some((pin) => pin.vol === person) || commitments.some((each) => each.vol === person)) return
  vol.from[person] = 0
  vol.to[person] = 0
}
