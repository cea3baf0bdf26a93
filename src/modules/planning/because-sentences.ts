import type { Funnel, Shortage } from '#planner/index.ts'
import type { Text } from './words.ts'

/** The sentence for the reason of a shortage. A shortage without its own figures gets the reason alone. */
export function becauseOf<Ref>({ because, funnel, kind }: Shortage<Ref>): Text {
  if (!funnel) return { zh: '原因与同类岗位相同。', en: 'the reason is that of the shifts like it.' }
  const {
    all,
    barred,
    minors,
    committed,
    elsewhere,
    unescorted = 0,
    escortsAway = 0,
    limit = 0,
    whole = 0,
    free,
    unavailable,
  } = funnel
  const taken = takenAway(funnel)
  switch (because) {
    case 'nobody':
      return {
        zh: '本次活动还没有可动员的人员，请先下达名额。',
        en: 'the event has nobody to call on yet; ask units for people first.',
      }
    case 'frozen':
      return {
        zh: '班次已经开始，不再变动人员。',
        en: 'the shift has begun, and its people stay as they are.',
      }
    case 'pinned':
      return { zh: '名额已被人工指定的人员占满。', en: 'every place is taken by people named by hand.' }
    case 'unavailable':
      return {
        zh: `可动员的${all}人中，${unavailable}人该时段没有空${taken.zh}，没有人可派。`,
        en: `of ${all} people ${unavailable} are not free at that time${taken.en}; nobody is left.`,
      }
    case 'barred':
      return {
        zh: `有空的人里剩${barred}人缺少监护人同意。`,
        en: `the ${barred} people left lack a guardian’s consent.`,
      }
    case 'minors':
      return {
        zh: `剩下的${minors}人是未成年人，而该区域不适合未成年人。`,
        en: `the ${minors} people left are minors, and the zone is not for minors.`,
      }
    case 'unskilled':
      return {
        zh: `有空的${funnel.unskilled}人都没有这项技能。`,
        en: `none of the ${funnel.unskilled} people who are free then has the skill.`,
      }
    case 'committed':
      return {
        zh: `剩下的${committed}人当天另有任务（含路程），赶不上。`,
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
    case 'escortsAway':
      return {
        zh: `剩下的${escortsAway}名未成年人，可带队的本队成年人已安排在其他岗位。`,
        en: `the adults who could escort the ${escortsAway} minors left serve on other shifts.`,
      }
    case 'ownUnit':
      if (elsewhere === 0)
        return {
          zh: '岗位已由责任区单位的人员占用，按规定责任区优先。',
          en: 'its places are taken by people of the unit that answers for the zone, who go first.',
        }
      return {
        zh: `能来的${elsewhere}人都在本单位责任区服务，按规定责任区优先。`,
        en: `the ${elsewhere} people who could come serve in their own units’ zones, which go first.`,
      }
    case 'elsewhere':
      return {
        zh: `能来的${elsewhere}人都已安排在其他岗位${kind === 'target' ? '，那里同样需要人' : '，为保障该岗位最低人数，不能抽调'}。`,
        en: `the ${elsewhere} people who could come serve elsewhere, where they are needed as much.`,
      }
    case 'unproven':
      return {
        zh: `能来的${elsewhere}人都已安排在其他岗位；尚未达到理论最优，可人工调整。`,
        en: `the ${elsewhere} people who could come serve elsewhere; it is not proven that no arrangement is better, so try by hand.`,
      }
    case 'together':
      return free > 0
        ? {
            zh: `还有${free}人有空，但派来就要把队伍拆开；当前策略为“队伍集中优先”。`,
            en: `${free} people are free, but sending some would split a team, and the policy is “teams together first”.`,
          }
        : {
            zh: `${elsewhere}人在其他岗位，其中有人可以调来，但要把队伍拆开；当前策略为“队伍集中优先”。`,
            en: `of the ${elsewhere} people on other shifts some could be spared, but that would split a team, and the policy is “teams together first”.`,
          }
    case 'contested':
      return {
        zh: `有空的人不够补全部空缺：即使把队伍拆开，也要先补缺口更大的岗位，本岗位暂未补足。`,
        en: `there are too few free people for all empty places: even if teams were split, larger gaps would use them up before this one.`,
      }
    case 'whole':
      return {
        zh: `还有${whole}人有空，但他们所在队伍不得拆分。`,
        en: `${whole} people are free, but their teams must stay whole.`,
      }
    case 'missed':
      return free > 0
        ? {
            zh: `还有${free}人有空，自动排岗未能用上，可人工安排。`,
            en: `${free} people are free whom the planner found no place for; place them by hand.`,
          }
        : {
            zh: `能来的${elsewhere}人都在其他岗位，其中有的岗位人数有余，自动排岗未能调来，可人工调整。`,
            en: `the ${elsewhere} people who could come serve elsewhere, some on shifts that could spare them; the planner did not find how, so move them by hand.`,
          }
  }
}

/** What else excluded people, step by step, until nobody was left. */
function takenAway({ barred, minors, unskilled, committed }: Funnel): Text {
  const parts = [
    { n: barred, zh: '缺少同意', en: 'lack consent' },
    { n: minors, zh: '因未成年不能安排', en: 'are minors, who may not be there' },
    { n: unskilled, zh: '没有技能', en: 'lack the skill' },
    { n: committed, zh: '另有任务', en: 'have other duties' },
  ].filter(({ n }) => n > 0)
  return {
    zh: parts.map(({ n, zh }) => `，${n}人${zh}`).join(''),
    en: parts.map(({ n, en }) => `, ${n} ${en}`).join(''),
  }
}
