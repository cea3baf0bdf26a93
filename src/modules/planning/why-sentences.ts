import type { Reason, WhyHere } from '#planner/index.ts'
import { refusals, type Text, whyHereReasons } from './words.ts'

/** The sentence for one reason why a person is where they are, with its figures. */
export function whyText<Ref>(reason: Reason<Ref>, skillName: (skill: Ref) => string): Text {
  const { because, count = 0, wanted = 0, metres = 0, nearer = 0, hours = 0, passedOver = 0, skill } = reason
  const name = whyHereReasons[because]
  switch (because) {
    case 'minimum':
      return {
        zh: `${name.zh}：最低${wanted}人，现有${count}人`,
        en: `${name.en}: ${count} there, ${wanted} are the least`,
      }
    case 'target':
      return { zh: `${name.zh}：目标${wanted}人，现有${count}人`, en: `${name.en}: ${count} of ${wanted}` }
    case 'skill': {
      const which = skill === undefined ? '' : skillName(skill)
      return { zh: `${name.zh}：${which}`, en: `${name.en}: ${which}` }
    }
    case 'escort':
      return { zh: `${name.zh}（${count}人）`, en: `${name.en} (${count})` }
    case 'withTeam':
      return { zh: `${name.zh}，同岗${count}人`, en: `${name.en}, ${count} of it on this shift` }
    case 'nearest':
      return nearer === 0
        ? { zh: `离驻地最近的岗位：${metres}米`, en: `the nearest shift: ${metres} m` }
        : {
            zh: `${name.zh}：${metres}米；更近的${nearer}个都不能安排`,
            en: `${name.en}: ${metres} m; none of the ${nearer} nearer ones could take them`,
          }
    case 'fewestHours':
      return {
        zh: `${name.zh}：${hours}小时；本队另有${passedOver}名服务更多的人未安排`,
        en: `${name.en}: ${hours} h; ${passedOver} of the team who served more were not placed`,
      }
    default:
      return { zh: name.zh, en: name.en }
  }
}

/** For a person without a place: what excluded them from the shifts, most frequent first. */
export function nowhereText({ because }: Pick<Reason, 'because'>, refused: WhyHere['refused']): Text {
  const name = whyHereReasons[because]
  const most = refusedMost(refused)
  if (most.length === 0) return { zh: name.zh, en: name.en }
  return {
    zh: `${name.zh}：${most.map(({ because: key, shifts }) => `${shifts}个岗位${refusals[key].zh}`).join('，')}`,
    en: `${name.en}: ${most.map(({ because: key, shifts }) => `${shifts} shifts ${refusals[key].en}`).join(', ')}`,
  }
}

/** The reasons for refusals, by number of shifts, most first. */
export function refusedMost(refused: WhyHere['refused']) {
  return Object.entries(refused)
    .map(([because, shifts]) => ({ because: because as keyof typeof refusals, shifts }))
    .sort((a, b) => b.shifts - a.shifts)
}
