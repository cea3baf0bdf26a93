import { DateTime } from 'luxon'
import { messageStates } from '#modules/messaging/index.ts'
import type { EventReport } from './contract.ts'

/**
 * 快报: one paragraph about the day for the press, and below it how the day was organised. The paragraph says who came,
 * and gives hours only after the last shift. Counted heads and named people are never added together.
 */
export function bulletin(report: EventReport, language: 'zh' | 'en'): string {
  const paragraphs =
    language === 'zh' ? [chinese(report), chineseAnnex(report)] : [english(report), englishAnnex(report)]
  return paragraphs.join('\n\n')
}

/** Minutes as hours with one decimal: service time is stated in hours (MCA Order 67 art 7). */
export function hoursOf(minutes: number): string {
  return (minutes / 60).toFixed(1)
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '—' : `${((part / whole) * 100).toFixed(1)}%`
}

function times({ event, cutOffAt }: EventReport) {
  const local = (iso: string) => DateTime.fromISO(iso, { zone: event.timeZone })
  return { start: local(event.startsAt), end: local(event.endsAt), cutOff: local(cutOffAt) }
}

/** Whole hours, after the last shift is over; undefined before. */
function hoursTold({ total, cutOffAt, lastShiftEndsAt }: EventReport): number | undefined {
  if (!lastShiftEndsAt || cutOffAt < lastShiftEndsAt) return undefined
  return Math.round(total.minutes / 60)
}

function chinese(report: EventReport): string {
  const { event, participants, total, partial } = report
  const { start, end, cutOff } = times(report)
  const came = participants.came
  const hour = start.hour < 12 ? (end.hour <= 13 ? '上午' : '') : start.hour < 18 ? '下午' : '晚上'
  const days = start.hasSame(end, 'day')
    ? `${start.toFormat('M月d日')}${hour}`
    : `${start.toFormat('M月d日')}至${end.toFormat('M月d日')}`
  const name = /(活动|行动)$/.test(event.name) ? event.name : `${event.name}活动`
  const what = event.theme ? `“${event.theme}”${name}` : name
  const until = cutOff.hasSame(end, 'day') ? '' : cutOff.toFormat('M月d日')
  const at = `${until}${cutOff.minute === 0 ? `${cutOff.hour}时` : cutOff.toFormat('H时mm分')}`
  const opening = `【快报】${days}，${partial ? '我单位（地区）' : '我市'}开展${what}。`
  if (!came || (came.people === 0 && total.countedHeads === 0)) return `${opening}截至${at}，暂无到岗记录。`
  const bodies = [
    came.units && `${came.units}家单位`,
    came.teams && `${came.teams}支志愿服务队`,
    came.schools && `${came.schools}所学校`,
  ].filter(Boolean) as string[]
  const whose = bodies.length > 1 ? `${bodies.slice(0, -1).join('、')}和${bodies.at(-1)}` : (bodies[0] ?? '')
  const who = came.schools ? '志愿者、师生' : '志愿者'
  const others = total.countedHeads - came.schoolHeads
  const counted = [
    came.schoolHeads && `另清点未实名师生${came.schoolHeads}人`,
    others > 0 && `${came.schoolHeads ? '' : '另清点'}未实名志愿者${others}人`,
  ].filter(Boolean)
  const works = came.works.slice(0, 2).join('、')
  const hours = hoursTold(report)
  return [
    `${opening}截至${at}，${whose}${whose && '的'}${who}共${came.people}人到岗`,
    ...counted,
    `在${came.zones}个网格${came.shifts}个岗位开展${works}${came.works.length > 2 ? '等' : ''}服务`,
    ...(hours === undefined ? [] : [`累计${hours}小时`]),
  ]
    .join('，')
    .concat('。')
}

function chineseAnnex(report: EventReport): string {
  const { total, messages } = report
  const lines = [
    '附：组织情况',
    `共安排${total.assigned}人次（${total.people}人），到岗${total.arrived}人次（${total.peoplePresent}人），到岗率${percent(total.arrived, total.assigned)}。`,
    `到岗按核验方式：现场核验（A）${total.gradeA}、队长点名（B）${total.gradeB}、本人签到（C）${total.gradeC}、补录（D）${total.gradeD}人次；提前${total.early}、准时${total.onTime}、晚到${total.late}人次。`,
    `缺席${total.absent}、未答复${total.unanswered}（其中待审核补录${total.pending}）、不能参加${total.declined}、请假${total.excused}、取消${total.cancelled}人次。`,
    ...(total.countedHeads || total.companions
      ? [
          `另清点未实名${total.countedHeads}人（其中成人${total.countedAdults}人），随行${total.companions}人，不计入人次和时长。`,
        ]
      : []),
    ...(messages ? [`发送消息${messages.written}条：${states(messages.byState, 'zh')}。`] : []),
    ...(report.partial ? ['以上仅为本单位（地区）数据。'] : []),
  ]
  return lines.join('\n')
}

function english(report: EventReport): string {
  const { event, participants, total } = report
  const { start, end, cutOff } = times(report)
  const came = participants.came
  const day = (at: DateTime) => at.setLocale('en-GB').toFormat('d LLLL')
  const days = start.hasSame(end, 'day') ? `On ${day(start)}` : `From ${day(start)} to ${day(end)}`
  const opening = `Bulletin. ${days}, ${event.name}${event.theme ? ` (${event.theme})` : ''} took place.`
  const at = `${cutOff.hasSame(end, 'day') ? '' : `${day(cutOff)} `}${cutOff.toFormat('HH:mm')}`
  if (!came || (came.people === 0 && total.countedHeads === 0))
    return `${opening} By ${at} nobody is recorded yet.`
  const bodies = [
    came.units && `${came.units} units`,
    came.teams && `${came.teams} teams`,
    came.schools && `${came.schools} schools`,
  ].filter(Boolean)
  const hours = hoursTold(report)
  return [
    opening,
    `By ${at}, ${came.people} people${bodies.length ? ` of ${bodies.join(', ')}` : ''} had arrived${total.countedHeads ? `, and ${total.countedHeads} more were counted without names` : ''}, at ${came.shifts} shifts in ${came.zones} zones${hours === undefined ? '' : `, ${hours} hours in all`}.`,
  ].join(' ')
}

function englishAnnex(report: EventReport): string {
  const { total, messages } = report
  const lines = [
    'How it was organised',
    `${total.assigned} assignments (${total.people} people), ${total.arrived} attendances (${total.peoplePresent} people, ${percent(total.arrived, total.assigned)}).`,
    `By evidence: at the place (A) ${total.gradeA}, roll-call (B) ${total.gradeB}, own statement (C) ${total.gradeC}, entered afterwards (D) ${total.gradeD}; ${total.early} early, ${total.onTime} on time, ${total.late} late.`,
    `Absent ${total.absent}, unanswered ${total.unanswered} (of these waiting for approval ${total.pending}), cannot come ${total.declined}, excused ${total.excused}, cancelled ${total.cancelled}.`,
    ...(total.countedHeads || total.companions
      ? [
          `Counted without names: ${total.countedHeads} (${total.countedAdults} adults), and ${total.companions} companions; they are in no figure above and earn no hours.`,
        ]
      : []),
    ...(messages ? [`Messages: ${messages.written}; ${states(messages.byState, 'en')}.`] : []),
    ...(report.partial ? ['Figures of one part of the organisation only.'] : []),
  ]
  return lines.join('\n')
}

function states(byState: Record<string, number>, language: 'zh' | 'en'): string {
  const told = Object.entries(messageStates)
    .filter(([state]) => byState[state])
    .map(([state, name]) => `${name[language]}${language === 'zh' ? '' : ' '}${byState[state]}`)
  return told.join(language === 'zh' ? '、' : ', ') || (language === 'zh' ? '无' : 'none')
}
