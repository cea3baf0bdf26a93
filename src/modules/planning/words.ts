/** The closed sets of planning, and their texts. */
import type {
  Because,
  GoalName,
  LeverName,
  MoveReason,
  Policy,
  Proof,
  RefusalName,
  ShortageKind,
  Stability,
  Stage,
  ViolationCode,
  WhyHereReason,
} from '#planner/index.ts'

export interface Text {
  zh: string
  en: string
}

export const planStates = {
  queued: { zh: '等待中', en: 'waiting' },
  running: { zh: '计算中', en: 'running' },
  proposed: { zh: '待审核', en: 'proposed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  failed: { zh: '失败', en: 'failed' },
  applying: { zh: '正在采用', en: 'being applied' },
  applied: { zh: '已采用', en: 'applied' },
} as const satisfies Record<string, Text>
export type PlanState = keyof typeof planStates

export const planStages = {
  waiting: { zh: '排队', en: 'waiting' },
  describing: { zh: '读取数据', en: 'reading the data' },
  placing: { zh: '安排人员', en: 'placing people' },
  escorting: { zh: '安排带队教师', en: 'placing escorts' },
  gathering: { zh: '队伍集中', en: 'keeping teams together' },
  explaining: { zh: '说明缺口', en: 'explaining' },
  bounding: { zh: '测算理论最优', en: 'proving how much better it could be' },
  validating: { zh: '独立校验', en: 'validating' },
  done: { zh: '完成', en: 'done' },
} as const satisfies Record<Stage | 'waiting' | 'describing' | 'done', Text>
export type PlanStage = keyof typeof planStages

export const policies = {
  together: { zh: '队伍集中优先', en: 'teams together first' },
  fill: { zh: '岗位补满优先', en: 'full places first' },
} as const satisfies Record<Policy, Text>

export const stabilities = {
  free: { zh: '自由调整', en: 'free' },
  prefer: { zh: '尽量不动', en: 'prefer staying' },
  onlyForMinimum: { zh: '仅为最低人数调整', en: 'move only for a minimum' },
} as const satisfies Record<Stability, Text>

export const goalTexts: Record<GoalName, Text> = {
  minimum: { zh: '最低人数缺口', en: 'places below the minimum' },
  skill: { zh: '技能岗位缺口', en: 'places for a skill left empty' },
  escorts: { zh: '本队教师未随队的学生人数', en: 'minors whose own adults do not serve with them' },
  ownUnit: { zh: '在本单位责任区服务人数', en: 'people serving in their own unit’s zones' },
  target: { zh: '目标人数缺口', en: 'places below the target' },
  evenness: { zh: '缺口均衡程度', en: 'unevenness of empty places' },
  parts: { zh: '队伍分组数', en: 'team parts' },
  stay: { zh: '保持原岗人数', en: 'people left where they were' },
  distance: { zh: '总路程（米）', en: 'metres travelled in all' },
  hours: {
    zh: '所安排人员近期服务时长',
    en: 'hours those placed have served before, lately and in this plan',
  },
  standby: { zh: '机动人数', en: 'people in reserve' },
}

/** What proves that no plan can be better. */
export const proofs = {
  trivial: { zh: '已达最优', en: 'nothing can be better' },
  flow: { zh: '理论最优', en: 'optimum of the flow' },
  linear: { zh: '理论最优', en: 'linear program' },
  exact: { zh: '已达最优', en: 'optimum of the whole' },
  counting: { zh: '理论最优', en: 'counting' },
} as const satisfies Record<Proof, Text>

export const shortageKinds = {
  minimum: { zh: '最低人数', en: 'minimum' },
  skill: { zh: '技能人员', en: 'people with a skill' },
  target: { zh: '目标人数', en: 'target' },
} as const satisfies Record<ShortageKind, Text>

/** Why a seat stays empty: the rule that is binding. */
export const becauses = {
  nobody: { zh: '没有可动员的人', en: 'nobody to call on' },
  frozen: { zh: '班次已开始', en: 'the shift has begun' },
  pinned: { zh: '名额被指定人员占满', en: 'taken by people named by hand' },
  unavailable: { zh: '时间不合', en: 'nobody is free then' },
  barred: { zh: '缺少同意', en: 'consent is missing' },
  minors: { zh: '区域不适合未成年人', en: 'not a place for minors' },
  unskilled: { zh: '缺少技能', en: 'the skill is missing' },
  committed: { zh: '另有任务', en: 'duties elsewhere' },
  limit: { zh: '已达班次或工时上限', en: 'at the limit of shifts or hours' },
  escortsAway: { zh: '带队教师在其他岗位', en: 'the pupils’ own adults serve elsewhere' },
  unescorted: { zh: '缺少带队教师', en: 'no adult to go with the pupils' },
  ownUnit: { zh: '在本单位责任区服务', en: 'serving in their own unit’s zones' },
  elsewhere: { zh: '人手不足，各岗位争用', en: 'too few people for all' },
  unproven: { zh: '仍可能调整补足', en: 'a better arrangement may exist' },
  together: { zh: '队伍不拆散', en: 'teams stay together' },
  contested: { zh: '有空的人不够分', en: 'too few free people for all' },
  whole: { zh: '整队不可拆分', en: 'a team that must stay whole' },
  missed: { zh: '仍有人可安排', en: 'somebody could still be placed' },
} as const satisfies Record<Because, Text>

/** Levers: changes that would fill seats, cheapest first. */
export const leverNames = {
  consent: { zh: '取得同意', en: 'consent' },
  split: { zh: '允许分队', en: 'split a team' },
  policy: { zh: '改用“岗位补满优先”', en: 'full places first' },
  otherTime: { zh: '调整班次时间', en: 'another time' },
  suitable: { zh: '确认区域适合未成年人', en: 'open the zone to minors' },
  escort: { zh: '增加带队教师', en: 'one more escort' },
  member: { zh: '在岗队伍增派人员', en: 'more people of a team that is there' },
  skilled: { zh: '增加有技能的人员', en: 'more people with the skill' },
  adult: { zh: '增加人员', en: 'more people' },
  lowerDemand: { zh: '调低人数要求', en: 'ask for fewer' },
} as const satisfies Record<LeverName, Text>

/** Why a person lost their assignment, in the order in which the rules are checked. */
export const moveReasons = {
  barred: { zh: '不再可安排（缺少同意）', en: 'may not be placed any more' },
  unavailable: { zh: '该时段不再有空', en: 'not free at that time any more' },
  unsuitable: { zh: '原区域不再适合未成年人', en: 'the zone is not for minors any more' },
  committed: { zh: '与其他任务冲突', en: 'a duty elsewhere' },
  gone: { zh: '原岗位已取消', en: 'the shift is gone' },
  shrank: { zh: '原岗位名额减少', en: 'the shift takes fewer people' },
  pinned: { zh: '由人工指定', en: 'decided by hand' },
  clash: { zh: '与新岗位时间冲突', en: 'clashes with the other shift' },
  noEscort: { zh: '原岗位没有带队教师', en: 'no escort is left there' },
  minimum: { zh: '补足最低人数', en: 'needed for a minimum' },
  skill: { zh: '补足技能岗位', en: 'needed for a skill' },
  ownUnit: { zh: '回到本单位责任区', en: 'to their own unit’s zone' },
  escort: { zh: '为未成年人带队', en: 'needed as an escort' },
  withTeam: { zh: '与本队集中', en: 'to keep their team together' },
  target: { zh: '补足目标人数', en: 'for a target' },
  nearer: { zh: '路程更近', en: 'a shorter way' },
  notNeeded: { zh: '原岗位人数已足', en: 'the shift is full without them' },
  rearranged: { zh: '整体重新安排', en: 'arranged anew' },
} as const satisfies Record<MoveReason, Text>

/** Why a person is where they are, in the order of the goals. */
export const whyHereReasons = {
  pinned: { zh: '由人工指定', en: 'decided by hand' },
  frozen: { zh: '班次已开始，人员不变', en: 'the shift has begun and keeps its people' },
  minimum: { zh: '最低人数需要', en: 'needed for the minimum' },
  skill: { zh: '具备所需技能', en: 'has a skill that is needed' },
  ownUnit: { zh: '本单位责任区', en: 'their own unit’s zone' },
  escort: { zh: '为未成年人带队', en: 'goes with minors of their team' },
  withTeam: { zh: '与本队在一起', en: 'is with their team' },
  stayed: { zh: '保持原岗', en: 'stayed where they were' },
  target: { zh: '补足目标人数', en: 'fills a place of the target' },
  nearest: { zh: '有空位的最近岗位', en: 'the nearest with room' },
  fewestHours: { zh: '近期服务时长较少', en: 'served fewer hours lately' },
  reserve: { zh: '列为机动人员', en: 'held in reserve' },
  nowhere: { zh: '没有可安排的岗位', en: 'no shift could take them' },
} as const satisfies Record<WhyHereReason, Text>

/** Why a person is not on a shift. */
export const refusals = {
  barred: { zh: '缺少同意', en: 'consent is missing' },
  unavailable: { zh: '该时段没有空', en: 'not free then' },
  minors: { zh: '不适合未成年人', en: 'not a place for minors' },
  committed: { zh: '另有任务，赶不上', en: 'a duty elsewhere' },
  overlaps: { zh: '与其岗位时间冲突', en: 'clashes with their shift' },
  enough: { zh: '当天班次已满', en: 'enough shifts that day' },
  hours: { zh: '超过每周工时', en: 'too many hours that week' },
  frozen: { zh: '班次已开始', en: 'the shift has begun' },
  full: { zh: '已满', en: 'full' },
  unescorted: { zh: '没有带队教师', en: 'no adult of their team to go with them' },
  whole: { zh: '整队不可拆分', en: 'their team must stay whole' },
  pinnedHere: { zh: '现岗位由人工指定', en: 'decided by hand where they are' },
  neededHere: { zh: '现岗位最低人数需要', en: 'needed for the minimum where they are' },
  skillHere: { zh: '现岗位需要其技能', en: 'their skill is needed where they are' },
  escortHere: { zh: '现岗位需其带队', en: 'goes with minors where they are' },
  ownUnit: { zh: '应优先服务本单位责任区', en: 'their own unit’s zone goes first' },
  splits: { zh: '会拆散队伍', en: 'would split their team' },
  farther: { zh: '路程更远', en: 'farther away' },
  even: { zh: '现岗位同样需要', en: 'needed where they are just as much' },
} as const satisfies Record<RefusalName, Text>

/** The rules that the validator checks before a plan is shown. */
export const rules = {
  unknown: { zh: '人员或岗位不存在', en: 'no such person or shift' },
  duplicate: { zh: '同一人重复安排', en: 'one person twice on one shift' },
  max: { zh: '超过人数上限', en: 'more people than the shift may take' },
  overlap: { zh: '时间重叠', en: 'two duties at one time' },
  travel: { zh: '路上时间不够', en: 'no time for the way' },
  rest: { zh: '休息时间不够', en: 'too little rest' },
  unavailable: { zh: '不在可服务时段内', en: 'outside the hours given' },
  barred: { zh: '缺少同意', en: 'consent is missing' },
  minor_zone: { zh: '区域不适合未成年人', en: 'not a place for minors' },
  ratio: { zh: '带队教师不足', en: 'too few adults beside minors' },
  pin: { zh: '指定人员未安排', en: 'somebody named by hand is not in place' },
  frozen: { zh: '已开始的班次人员变动', en: 'the people of a begun shift changed' },
  too_many: { zh: '超过每天班次上限', en: 'too many shifts a day' },
  hours: { zh: '超过每周工时上限', en: 'too many hours a week' },
  whole: { zh: '整队被拆分', en: 'a team that must stay whole is split' },
  own_unit: { zh: '未优先服务本单位责任区', en: 'their own unit’s zone was passed over' },
  skill_twice: { zh: '一人算作两项技能', en: 'one person counted for two skills' },
  figures: { zh: '缺口数字不符', en: 'the figures of the empty seats are wrong' },
  standby: { zh: '机动人员不符合条件', en: 'somebody in reserve who cannot be' },
} as const satisfies Record<ViolationCode, Text>

/** Parts of the input of a proposal. Each is compared alone, so that `plan.stale` says which part changed. */
export const facets = {
  rules: { zh: '排岗规则', en: 'rules' },
  teams: { zh: '队伍', en: 'teams' },
  people: { zh: '人员', en: 'people' },
  commitments: { zh: '其他安排', en: 'duties elsewhere' },
  zones: { zh: '区域', en: 'zones' },
  shifts: { zh: '班次', en: 'shifts' },
  pins: { zh: '指定人员', en: 'pins' },
} as const satisfies Record<string, Text>
export type Facet = keyof typeof facets

/** The texts of this slice's error codes: what is wrong and what to do. `{…}` is a detail of the error. */
export const planningErrors: Record<string, { zh: string; en: string }> = {
  'plan.ended': { zh: '该方案已结束，请重新排岗。', en: 'This proposal is over. Plan again.' },
  'plan.applying': {
    zh: '方案正在采用中，请稍候再试。',
    en: 'The proposal is being applied right now. Try again in a moment.',
  },
  'plan.missing': { zh: '没有这个方案。', en: 'There is no such proposal.' },
  'plan.no_such_district': { zh: '方案中没有这个县区。', en: 'The proposal has no such district.' },
  'plan.not_ready': { zh: '方案还在计算，请稍候。', en: 'The proposal is not finished yet. Wait a moment.' },
  'plan.other_event': {
    zh: '两个方案不属于同一活动，不能比较。',
    en: 'These proposals are for different events.',
  },
  'plan.running': {
    zh: '正在计算另一个方案，请等待完成或先取消。',
    en: 'Another proposal is under way. Wait for it, or stop it.',
  },
  'plan.applied_since': {
    zh: '之后又采用了别的方案，请先撤销那一次采用。',
    en: 'Another proposal was accepted since. Take that one back first.',
  },
  'plan.published': {
    zh: '活动已发布，不能撤销采用；请在排岗板上调整人员，或重新排岗。',
    en: 'The event was published, so it cannot be taken back. Move people on the board, or plan again.',
  },
  'plan.stale': {
    zh: '方案生成后数据有变化，请重新排岗。',
    en: 'The data changed since this proposal was made. Plan again.',
  },
}
