import type { Competition, Funnel, Headline, Lever, OneMore, Shortage } from './proposal.ts'
import { leverNames, shortageKinds } from './words.ts'

export interface Text {
  zh: string
  en: string
}

/** How the things a proposal speaks of are called. */
export interface Naming<Ref> {
  zone(shift: Ref): string
  /** Day and hours of a shift. */
  time(shift: Ref): string
  team(team: Ref): string
  skill(skill: Ref): string
  district(district: Ref): string
  /** A minute of the plan as a time of day. */
  clock(minute: number): string
}

/** Why a seat is empty, who competes for it, and what would change it. */
export function reasonOf<Ref>(
  shortage: Shortage<Ref>,
  naming: Naming<Ref>,
  competition?: Competition<Ref>,
): Text {
  const why = becauseOf(shortage)
  const rivals = competitionText(shortage, naming, competition)
  const more = oneMoreText(shortage.oneMore, naming)
  const ways = waysText(shortage.levers ?? [], naming)
  const { missing, skill } = shortage
  const what = skill === undefined ? { zh: '', en: '' } : quoted(naming.skill(skill))
  return {
    zh: `缺${missing}人${what.zh}:${[why.zh, rivals.zh, more.zh, ways.zh].filter(Boolean).join('')}`,
    en: `${missing} short${what.en}: ${[why.en, rivals.en, more.en, ways.en].filter(Boolean).join(' ')}`,
  }
}

/** One of the explanations that tell most: where, how many, and then the reason of the worst of them. */
export function headlineOf<Ref>(
  headline: Headline<Ref>,
  shortage: Shortage<Ref>,
  naming: Naming<Ref>,
  competition?: Competition<Ref>,
): Text {
  const { shifts, missing, district } = headline
  const kind = shortageKinds[shortage.kind]
  const skill = shortage.skill === undefined ? { zh: '', en: '' } : quoted(naming.skill(shortage.skill))
  const zone = naming.zone(shortage.shift)
  const time = naming.time(shortage.shift)
  const reason = reasonOf(shortage, naming, competition)
  const where = naming.district(district)
  const all =
    shifts === 1
      ? {
          zh: `${where}「${zone}」(${time}),${kind.zh}${skill.zh}。`,
          en: `${where}, ${zone} (${time}), ${kind.en}${skill.en}.`,
        }
      : {
          zh: `${where}有${shifts}个岗位班次因同一原因共缺${missing}人(${kind.zh}${skill.zh})。例如「${zone}」(${time}),`,
          en: `${where}: ${shifts} shifts lack ${missing} people in all for one reason (${kind.en}${skill.en}). For example ${zone} (${time}),`,
        }
  return { zh: `${all.zh}${reason.zh}`, en: `${all.en} ${reason.en}` }
}

const quoted = (skill: string): Text => ({ zh: `(${skill})`, en: ` (${skill})` })

/** The binding reason alone; a shortage without figures of its own says only what binds. */
export function becauseOf<Ref>({ because, funnel, kind }: Shortage<Ref>): Text {
  if (!funnel) return { zh: '原因与同类岗位相同。', en: 'the reason is that of the shifts like it.' }
  const {
    all,
    barred,
    minors,
    committed,
    elsewhere,
    unescorted = 0,
    limit = 0,
    whole = 0,
    free,
    unavailable,
  } = funnel
  const taken = takenAway(funnel)
  switch (because) {
    case 'nobody':
      return {
        zh: '本次活动还没有可动员的人员,请先下达名额。',
        en: 'the event has nobody to call on yet; ask units for people first.',
      }
    case 'frozen':
      return {
        zh: '班次已经开始,不再变动人员。',
        en: 'the shift has begun, and its people stay as they are.',
      }
    case 'pinned':
      return { zh: '名额已被人工指定的人员占满。', en: 'every place is taken by people named by hand.' }
    case 'unavailable':
      return {
        zh: `可动员的${all}人中,${unavailable}人该时段没有空${taken.zh},没有人可派。`,
        en: `of ${all} people ${unavailable} are not free at that time${taken.en}; nobody is left.`,
      }
    case 'barred':
      return {
        zh: `有空的人里剩${barred}人缺少监护人同意。`,
        en: `the ${barred} people left lack a guardian’s consent.`,
      }
    case 'minors':
      return {
        zh: `剩下的${minors}人是未成年人,而该区域不适合未成年人。`,
        en: `the ${minors} people left are minors, and the zone is not for minors.`,
      }
    case 'unskilled':
      return {
        zh: `有空的${funnel.unskilled}人都没有这项技能。`,
        en: `none of the ${funnel.unskilled} people who are free then has the skill.`,
      }
    case 'committed':
      return {
        zh: `剩下的${committed}人当天另有任务(含路程),赶不上。`,
        en: `the ${committed} people left have duties elsewhere that day, the way included.`,
      }
    case 'limit':
      return {
        zh: `剩下的${limit}人已达每天班次或每周工时上限。`,
        en: `the ${limit} people left have as many shifts or hours as are allowed.`,
      }
    case 'unescorted':
      return {
        zh: `剩下的${unescorted}名未成年人没有本队的成年人带队。`,
        en: `the ${unescorted} minors left have no adult of their team to go with them.`,
      }
    case 'ownUnit':
      return {
        zh: `能来的${elsewhere}人都在本单位责任区服务,按规定责任区优先。`,
        en: `the ${elsewhere} people who could come serve in their own units’ zones, which go first.`,
      }
    case 'elsewhere':
      return {
        zh: `能来的${elsewhere}人都已安排在其他岗位${kind === 'target' ? ',那里同样需要人' : ',那里的最低需要不能动'}。`,
        en: `the ${elsewhere} people who could come serve elsewhere, where they are needed as much.`,
      }
    case 'together':
      return free > 0
        ? {
            zh: `还有${free}人有空,但派来就要把队伍拆开;现行办法是“队伍集中优先”。`,
            en: `${free} people are free, but sending some would split a team, and the policy is “teams together first”.`,
          }
        : {
            zh: `${elsewhere}人在其他岗位,其中有人可以调来,但要把队伍拆开;现行办法是“队伍集中优先”。`,
            en: `of the ${elsewhere} people on other shifts some could be spared, but that would split a team, and the policy is “teams together first”.`,
          }
    case 'whole':
      return {
        zh: `还有${whole}人有空,但他们所在队伍不得拆分。`,
        en: `${whole} people are free, but their teams must stay whole.`,
      }
    case 'missed':
      return free > 0
        ? {
            zh: `还有${free}人有空,自动排岗未能用上,可人工安排。`,
            en: `${free} people are free whom the planner found no place for; place them by hand.`,
          }
        : {
            zh: `能来的${elsewhere}人都在其他岗位,其中有的岗位人数有余,自动排岗未能调来,可人工调整。`,
            en: `the ${elsewhere} people who could come serve elsewhere, some on shifts that could spare them; the planner did not find how, so move them by hand.`,
          }
  }
}

/** What else was taken away before nobody was left. */
function takenAway({ barred, minors, unskilled, committed }: Funnel): Text {
  const parts = [
    { n: barred, zh: '缺少同意', en: 'lack consent' },
    { n: minors, zh: '因未成年不能安排', en: 'are minors, who may not be there' },
    { n: unskilled, zh: '没有技能', en: 'lack the skill' },
    { n: committed, zh: '另有任务', en: 'have other duties' },
  ].filter(({ n }) => n > 0)
  return {
    zh: parts.map(({ n, zh }) => `,${n}人${zh}`).join(''),
    en: parts.map(({ n, en }) => `, ${n} ${en}`).join(''),
  }
}

const teamsSaid = 3

function competitionText<Ref>(
  { competing }: Shortage<Ref>,
  naming: Naming<Ref>,
  competition: Competition<Ref> | undefined,
): Text {
  if (!competing) return { zh: '', en: '' }
  const { zones, teams } = competing
  if (!competition)
    return {
      zh: `共有${zones}个区域争用${teams}支队伍的人。`,
      en: `${zones} zones compete for people of ${teams} teams.`,
    }
  const named = competition.teams.slice(0, teamsSaid).map((team) => naming.team(team))
  const { people, missing } = competition
  return {
    zh: `共有${zones}个区域争用${teams}支队伍的${people}人(${named.join('、')}${teams > named.length ? '等' : ''}),合计缺${missing}人。`,
    en: `${zones} zones compete for ${people} people of ${teams} teams (${named.join(', ')}${teams > named.length ? ' and others' : ''}) and lack ${missing} in all.`,
  }
}

function oneMoreText<Ref>(oneMore: OneMore<Ref> | undefined, naming: Naming<Ref>): Text {
  if (!oneMore) return { zh: '', en: '' }
  const { who, team, gains } = oneMore
  const seats = Math.max(gains.minimum ?? 0, gains.skill ?? 0, gains.target ?? 0)
  const escort = team === undefined ? '' : naming.team(team)
  const person: Text = {
    adult: { zh: '每增加1名该时段有空的人', en: 'each further person who is free then' },
    member: { zh: '在岗队伍每增派1人', en: 'each further person of a team that is there' },
    skilled: { zh: '每增加1名有此技能的人', en: 'each further person with the skill' },
    escort: {
      zh: `${escort}每增加1名带队教师(连同学生)`,
      en: `one more adult of ${escort}, with the pupils they take along,`,
    },
  }[who]
  return { zh: `${person.zh}可补${seats}个名额。`, en: `${capital(person.en)} fills ${seats}.` }
}

const leversSaid = 4

/** What would fill it, the cheapest first. */
function waysText<Ref>(levers: readonly Lever<Ref>[], naming: Naming<Ref>): Text {
  if (levers.length === 0) return { zh: '', en: '' }
  const said = levers.length > leversSaid ? [...levers.slice(0, leversSaid - 1), levers.at(-1)!] : levers
  const texts = said.map((lever) => leverText(lever, naming))
  return {
    zh: `可行办法:${texts.map(({ zh }) => zh).join(';')}。`,
    en: `What would help: ${texts.map(({ en }) => en).join('; or ')}.`,
  }
}

/** One lever with its figures. */
export function leverText<Ref>(lever: Lever<Ref>, naming: Naming<Ref>): Text {
  const { heads, fills, team, teams = [], start = 0, end = 0, lost = 0, shifts, ofSet } = lever
  const whose = team === undefined ? '' : naming.team(team)
  const filled = { zh: `可补${fills}人`, en: `fills ${fills}` }
  switch (lever.lever) {
    case 'consent':
      return {
        zh: `取得${heads}人的同意(${filled.zh})`,
        en: `the consent for ${heads} people (${filled.en})`,
      }
    case 'split':
      return {
        zh: `允许${whose}分出${heads}人(${filled.zh})`,
        en: `letting ${heads} people of ${whose} serve apart (${filled.en})`,
      }
    case 'policy':
      return {
        zh: `改用“岗位补满优先”(最多补${fills}人)`,
        en: `the policy “full places first” (fills up to ${fills})`,
      }
    case 'otherTime': {
      const cannot =
        lost > 0
          ? { zh: `,现有${lost}人来不了`, en: `, ${lost} of those there now could not come` }
          : { zh: '', en: '' }
      const hours = `${naming.clock(start)}–${naming.clock(end)}`
      return {
        zh: `改到${hours},届时多有${heads}人有空${cannot.zh}(${filled.zh})`,
        en: `moving it to ${hours}, when ${heads} more people are free${cannot.en} (${filled.en})`,
      }
    }
    case 'suitable':
      return {
        zh: `确认该区域适合未成年人,有${heads}名有教师带队的学生可来(${filled.zh})`,
        en: `opening the zone to minors: ${heads} with escorts could come (${filled.en})`,
      }
    case 'escort':
      return { zh: `${whose}增加1名带队教师(${filled.zh})`, en: `one more adult of ${whose} (${filled.en})` }
    case 'member': {
      const named = teams.slice(0, teamsSaid).map((each) => naming.team(each))
      return {
        zh: `由在岗的${named.join('、')}增派${heads}人`,
        en: `${heads} more people of ${named.join(', ')}, who are there`,
      }
    }
    case 'skilled':
    case 'adult':
      return { zh: `${leverNames[lever.lever].zh}${heads}名`, en: `${heads} ${leverNames[lever.lever].en}` }
    case 'lowerDemand':
      return shifts === undefined
        ? { zh: `或将人数要求调低${heads}人`, en: `asking for ${heads} fewer` }
        : {
            zh: `或将这${shifts}个争用班次的人数要求合计调低${ofSet}人(本班次${heads}人)`,
            en: `asking for ${ofSet} fewer on the ${shifts} shifts that compete (${heads} here)`,
          }
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
