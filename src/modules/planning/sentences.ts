import type { Competition, Headline, Lever, OneMore, Shortage, Trade } from '#planner/index.ts'
import { becauseOf } from './because-sentences.ts'
import { leverNames, shortageKinds, type Text } from './words.ts'

/** The names of the things a proposal refers to. */
export interface Naming<Ref> {
  zone(shift: Ref): string
  /** Date and hours of a shift. */
  time(shift: Ref): string
  team(team: Ref): string
  skill(skill: Ref): string
  district(district: Ref): string
  /** A minute of the plan as a time of day. */
  clock(minute: number): string
}

/** Why a seat is empty, who competes for it, and what would fill it. */
export function reasonOf<Ref>(
  shortage: Shortage<Ref>,
  naming: Naming<Ref>,
  competition?: Competition<Ref>,
): Text {
  const why = becauseOf(shortage)
  const pupils = escortsAwayText(shortage)
  const rivals = competitionText(shortage, naming, competition)
  const more = oneMoreText(shortage.oneMore, naming)
  const ways = waysText(shortage.levers ?? [], naming)
  const { missing, skill } = shortage
  const what = skill === undefined ? { zh: '', en: '' } : quoted(naming.skill(skill))
  return {
    zh: `缺${missing}人${what.zh}：${[why.zh, pupils.zh, rivals.zh, more.zh, ways.zh].filter(Boolean).join('')}`,
    en: `${missing} short${what.en}: ${[why.en, pupils.en, rivals.en, more.en, ways.en].filter(Boolean).join(' ')}`,
  }
}

/** Minors who wait because their adults serve elsewhere, where this is not the reason itself. */
function escortsAwayText<Ref>({ because, funnel, kind }: Shortage<Ref>): Text {
  const waiting = funnel?.escortsAway ?? 0
  if (waiting === 0 || kind === 'skill' || because === 'escortsAway' || because === 'frozen')
    return { zh: '', en: '' }
  return {
    zh: `另有${waiting}名未成年人，可带队的本队成年人已安排在其他岗位。`,
    en: `The adults who could escort ${waiting} more minors serve on other shifts.`,
  }
}

/** A headline: where, how many seats, and the reason of the worst shortage. */
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
          zh: `${where}「${zone}」（${time}），${kind.zh}${skill.zh}。`,
          en: `${where}, ${zone} (${time}), ${kind.en}${skill.en}.`,
        }
      : {
          zh: `${where}有${shifts}个岗位班次因同一原因共缺${missing}人（${kind.zh}${skill.zh}）。例如「${zone}」（${time}），`,
          en: `${where}: ${shifts} shifts lack ${missing} people in all for one reason (${kind.en}${skill.en}). For example ${zone} (${time}),`,
        }
  return { zh: `${all.zh}${reason.zh}`, en: `${all.en} ${reason.en}` }
}

/** The cost of keeping teams together, in one sentence. */
export function tradeText({ idle, short, fills }: Trade): Text {
  return {
    zh: `为保持队伍集中，有${idle}人未安排，同时比目标人数少${short}人；改用“岗位补满优先”，最多可补${fills}人，但队伍会分散。`,
    en: `To keep teams together ${idle} people have no place while ${short} are missing to the targets; with “full places first” up to ${fills} of these could be filled, and teams would be split.`,
  }
}

/** Minors who have a place but no escort. `team` null: a team the reader may not see. */
export function unescortedText<Ref>(
  { team, shift, minors, escorts }: { team: Ref | null; shift: Ref; minors: number; escorts: number },
  naming: Naming<Ref>,
): Text {
  const whose = teamText(team ?? undefined, naming)
  const zone = naming.zone(shift)
  const time = naming.time(shift)
  return {
    zh: `${whose.zh}${minors}名学生已安排在“${zone}”（${time}），但没有带队教师可同去，还需${escorts}名；落实前不计入该岗位人数。`,
    en: `${minors} pupils of ${whose.en} have a place at ${zone} (${time}) and no adult of theirs to go with them; ${escorts} more must come before they count there.`,
  }
}

const quoted = (skill: string): Text => ({ zh: `（${skill}）`, en: ` (${skill})` })

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
  const more = teams > named.length ? { zh: '等', en: ' and others' } : { zh: '', en: '' }
  // The reader may see none of these teams, so none is named.
  const who =
    named.length === 0
      ? { zh: '', en: '' }
      : { zh: `（${named.join('、')}${more.zh}）`, en: ` (${named.join(', ')}${more.en})` }
  return {
    zh: `共有${zones}个区域争用${teams}支队伍的${people}人${who.zh}，合计缺${missing}人。`,
    en: `${zones} zones compete for ${people} people of ${teams} teams${who.en} and lack ${missing} in all.`,
  }
}

function oneMoreText<Ref>(oneMore: OneMore<Ref> | undefined, naming: Naming<Ref>): Text {
  if (!oneMore) return { zh: '', en: '' }
  const { who, team, gains } = oneMore
  const seats = Math.max(gains.minimum ?? 0, gains.skill ?? 0, gains.target ?? 0)
  const escorts = teamText(team, naming)
  const person: Text = {
    adult: { zh: '每增加1名该时段有空的人', en: 'each further person who is free then' },
    member: { zh: '在岗队伍每增派1人', en: 'each further person of a team that is there' },
    skilled: { zh: '每增加1名有此技能的人', en: 'each further person with the skill' },
    escort: {
      zh: `${escorts.zh}每增加1名带队教师（连同学生）`,
      en: `one more adult of ${escorts.en}, with the pupils they take along,`,
    },
  }[who]
  return { zh: `${person.zh}可补${seats}个名额。`, en: `${capital(person.en)} fills ${seats}.` }
}

/** The name of a team; undefined: a team the reader may not see. */
function teamText<Ref>(team: Ref | undefined, naming: Naming<Ref>): Text {
  if (team === undefined) return { zh: '另一支队伍', en: 'another team' }
  return { zh: naming.team(team), en: naming.team(team) }
}

const leversSaid = 4

/** What would fill the seat, cheapest first. */
function waysText<Ref>(levers: readonly Lever<Ref>[], naming: Naming<Ref>): Text {
  if (levers.length === 0) return { zh: '', en: '' }
  const said = levers.length > leversSaid ? [...levers.slice(0, leversSaid - 1), levers.at(-1)!] : levers
  const texts = said.map((lever) => leverText(lever, naming))
  return {
    zh: `建议措施：${texts.map(({ zh }) => zh).join('；')}。`,
    en: `What would help: ${texts.map(({ en }) => en).join('; or ')}.`,
  }
}

/** One lever (a change that fills seats) with its figures. */
export function leverText<Ref>(lever: Lever<Ref>, naming: Naming<Ref>): Text {
  const { heads, fills, team, teams = [], start = 0, end = 0, lost = 0, shifts, ofSet } = lever
  const whose = teamText(team, naming)
  const filled = { zh: `可补${fills}人`, en: `fills ${fills}` }
  switch (lever.lever) {
    case 'consent':
      return {
        zh: `取得${heads}人的同意（${filled.zh}）`,
        en: `the consent for ${heads} people (${filled.en})`,
      }
    case 'split':
      return {
        zh: `允许${whose.zh}分出${heads}人（${filled.zh}）`,
        en: `letting ${heads} people of ${whose.en} serve apart (${filled.en})`,
      }
    case 'policy':
      return {
        zh: `改用“岗位补满优先”（最多补${fills}人）`,
        en: `the policy “full places first” (fills up to ${fills})`,
      }
    case 'otherTime': {
      const cannot =
        lost > 0
          ? { zh: `，现有${lost}人来不了`, en: `, ${lost} of those there now could not come` }
          : { zh: '', en: '' }
      const hours = `${naming.clock(start)}–${naming.clock(end)}`
      return {
        zh: `改到${hours}，届时多有${heads}人有空${cannot.zh}（${filled.zh}）`,
        en: `moving it to ${hours}, when ${heads} more people are free${cannot.en} (${filled.en})`,
      }
    }
    case 'suitable':
      return {
        zh: `确认该区域适合未成年人，有${heads}名有教师带队的学生可来（${filled.zh}）`,
        en: `opening the zone to minors: ${heads} with escorts could come (${filled.en})`,
      }
    case 'escort':
      return {
        zh: `${whose.zh}增加1名带队教师（${filled.zh}）`,
        en: `one more adult of ${whose.en} (${filled.en})`,
      }
    case 'member': {
      const named = teams.slice(0, teamsSaid).map((each) => naming.team(each))
      const whom =
        named.length === 0
          ? { zh: '其他队伍', en: 'other teams' }
          : { zh: named.join('、'), en: named.join(', ') }
      return {
        zh: `由在岗的${whom.zh}增派${heads}人`,
        en: `${heads} more people of ${whom.en}, who are there`,
      }
    }
    case 'skilled':
    case 'adult':
      return { zh: `${leverNames[lever.lever].zh}${heads}名`, en: `${heads} ${leverNames[lever.lever].en}` }
    case 'lowerDemand':
      return shifts === undefined
        ? { zh: `或将人数要求调低${heads}人`, en: `asking for ${heads} fewer` }
        : {
            zh: `或将这${shifts}个争用班次的人数要求合计调低${ofSet}人（本班次${heads}人）`,
            en: `asking for ${ofSet} fewer on the ${shifts} shifts that compete (${heads} here)`,
          }
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
