import { expect, test } from 'vitest'
import { type Naming, reasonOf } from '#modules/planning/sentences.ts'
import { withholdTeams } from '#modules/planning/withhold-teams.ts'
import type { Shortage } from '#planner/index.ts'

const naming: Naming<string> = {
  zone: (shift) => shift,
  time: () => '',
  team: (team) => `<${team}>`,
  skill: (skill) => skill,
  district: (code) => code,
  clock: String,
}

const shortage: Shortage<string> = {
  shift: 's',
  kind: 'target',
  missing: 2,
  because: 'together',
  worthOfOneMore: 4,
  oneMore: { who: 'escort', team: 'own', gains: { target: 4 } },
  levers: [
    { lever: 'split', heads: 2, fills: 2, team: 'other' },
    { lever: 'escort', heads: 1, fills: 4, team: 'own' },
    { lever: 'member', heads: 2, fills: 2, teams: ['other', 'own'] },
  ],
}

/** What somebody reads who sees these teams. */
function read(...seen: string[]) {
  const shown = { shortages: [shortage], headlines: [], competitions: [], unescorted: [] }
  return reasonOf(withholdTeams(shown, new Set(seen)).shortages[0]!, naming)
}

test('a lever has its figures whether its team is named or not', () => {
  expect(read('own', 'other').zh).toBe(
    '缺2人：原因与同类岗位相同。<own>每增加1名带队教师（连同学生）可补4个名额。' +
      '建议措施：允许<other>分出2人（可补2人）；<own>增加1名带队教师（可补4人）；由在岗的<other>、<own>增派2人。',
  )
  expect(read('own').zh).toBe(
    '缺2人：原因与同类岗位相同。<own>每增加1名带队教师（连同学生）可补4个名额。' +
      '建议措施：允许另一支队伍分出2人（可补2人）；<own>增加1名带队教师（可补4人）；由在岗的<own>增派2人。',
  )
  expect(read().en).toBe(
    '2 short: the reason is that of the shifts like it. One more adult of another team, with the pupils they take along, ' +
      'fills 4. What would help: letting 2 people of another team serve apart (fills 2); or one more adult of another ' +
      'team (fills 4); or 2 more people of other teams, who are there.',
  )
})
