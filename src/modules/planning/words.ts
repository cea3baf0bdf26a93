/** The closed sets of planning, and their texts. */
import type { Because, Funnel, GoalName, Shortage } from './proposal.ts'

export const planStates = {
  queued: { zh: '等待中', en: 'waiting' },
  running: { zh: '计算中', en: 'running' },
  proposed: { zh: '待审核', en: 'proposed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  failed: { zh: '失败', en: 'failed' },
  applied: { zh: '已采用', en: 'applied' },
} as const
export type PlanState = keyof typeof planStates

export const planStages = {
  waiting: { zh: '排队', en: 'waiting' },
  describing: { zh: '读取数据', en: 'reading the data' },
  placing: { zh: '安排人员', en: 'placing people' },
  escorting: { zh: '安排带队教师', en: 'placing escorts' },
  gathering: { zh: '队伍集中', en: 'keeping teams together' },
  explaining: { zh: '说明缺口', en: 'explaining' },
  bounding: { zh: '证明还能好多少', en: 'proving how much better it could be' },
  validating: { zh: '独立校验', en: 'validating' },
  done: { zh: '完成', en: 'done' },
} as const
export type PlanStage = keyof typeof planStages

export const policies = {
  together: { zh: '队伍集中优先', en: 'teams together first' },
  fill: { zh: '岗位补满优先', en: 'full places first' },
} as const

export const stabilities = {
  free: { zh: '自由调整', en: 'free' },
  prefer: { zh: '尽量不动', en: 'prefer staying' },
  onlyForMinimum: { zh: '仅为最低人数调整', en: 'move only for a minimum' },
} as const

export const goalTexts: Record<GoalName, { zh: string; en: string }> = {
  minimum: { zh: '最低人数缺口', en: 'places below the minimum' },
  skill: { zh: '技能岗位缺口', en: 'places for a skill left empty' },
  ownUnit: { zh: '在本单位责任区服务人数', en: 'people serving in their own unit’s zones' },
  target: { zh: '目标人数缺口', en: 'places below the target' },
  evenness: { zh: '缺口不均衡度', en: 'unevenness of empty places' },
  parts: { zh: '队伍分组数', en: 'team parts' },
  stay: { zh: '保持原岗人数', en: 'people left where they were' },
  distance: { zh: '总路程(米)', en: 'metres travelled in all' },
  hours: { zh: '上岗前已服务时长合计', en: 'hours those placed have served before, lately and in this plan' },
  standby: { zh: '预备人数', en: 'people in reserve' },
}

/** Why a seat is empty, and what would change it, in words for a clerk. */
export function reasonOf(
  shortage: Pick<Shortage<string, string>, 'because' | 'funnel' | 'missing' | 'competing'>,
): { zh: string; en: string } {
  const { because, funnel, missing, competing } = shortage
  const { zh, en } = reasons[because](funnel)
  const rivals = competing && {
    zh: `有${competing.zones}个区域在争用同样${competing.teams}支队伍的人。`,
    en: ` ${competing.zones} zones compete for people of the same ${competing.teams} teams.`,
  }
  return { zh: `缺${missing}人:${zh}${rivals?.zh ?? ''}`, en: `${missing} short: ${en}${rivals?.en ?? ''}` }
}

const reasons: Record<Because, (funnel: Funnel) => { zh: string; en: string }> = {
  nobody: () => ({
    zh: '本次活动没有可动员的人员,请先下达名额。',
    en: 'the event has nobody to call on yet; ask units for people first.',
  }),
  unavailable: ({ all }) => ({
    zh: `${all}人中没有人在该时段有空,可调整班次时间或增加人员。`,
    en: `none of ${all} people is free at that time; move the shift or ask for more people.`,
  }),
  barred: ({ barred }) => ({
    zh: `剩下的${barred}人缺少监护人同意,取得同意后即可安排。`,
    en: `the ${barred} people left lack a guardian’s consent; with it they can be placed.`,
  }),
  minors: ({ minors }) => ({
    zh: `剩下的${minors}名未成年人不能安排:该区域不适合未成年人,或本队没有可带队的成年人。`,
    en: `the ${minors} people left are minors: the zone is not suitable, or no adult of their team can go with them.`,
  }),
  unskilled: ({ unskilled }) => ({
    zh: `剩下的${unskilled}人都没有所需技能,每增加一名有此技能的人可补一个缺口。`,
    en: `none of the ${unskilled} people left has the skill; each further person with it fills one place.`,
  }),
  committed: ({ committed }) => ({
    zh: `剩下的${committed}人当天另有任务(含路程),赶不上。`,
    en: `the ${committed} people left have duties elsewhere that day, the way included.`,
  }),
  elsewhere: ({ elsewhere }) => ({
    zh: `能来的${elsewhere}人都已安排在同样需要人的岗位,每增加1人可补1个缺口。`,
    en: `all ${elsewhere} people who could come serve on shifts that need them as much; each further person fills one place.`,
  }),
  together: ({ free }) => ({
    zh: `还有${free}人可来,但会把队伍拆散或没有带队教师;如需补满,请改用“岗位补满优先”。`,
    en: `${free} people are free, but using them would split a team or leave pupils without an escort; the policy “full places first” fills it.`,
  }),
}
