import { DateTime } from 'luxon'
import { messageStates } from '#modules/messaging/index.ts'
import type { EventReport } from './contract.ts'

/** 快报: the day in a paragraph or two, ready to paste. Counted heads and named people are never added up. */
export function bulletin(report: EventReport, language: 'zh' | 'en'): string {
  return language === 'zh' ? chinese(report) : english(report)
}

/** Minutes as hours with one digit: 时长 is told in hours (MCA Order 67 art 7). */
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

function chinese(report: EventReport): string {
  const { event, participants: who, total, messages } = report
  const { start, end, cutOff } = times(report)
  const day = start.toFormat('yyyy年M月d日')
  const until = start.hasSame(end, 'day') ? end.toFormat('HH:mm') : end.toFormat('M月d日HH:mm')
  const schools = who.schools
    ? `，${who.schools}所学校${who.classes}个班级${who.teachersAndPupils}名师生`
    : ''
  const unnamed = who.headsWithoutNames ? `，另有未具名${who.headsWithoutNames}人` : ''
  const lines = [
    `【快报】${event.name}`,
    `${day}${start.toFormat('HH:mm')}至${until}，${event.name}${event.theme ? `（主题：${event.theme}）` : ''}在${report.zones}个区域的${report.shifts}个岗位班次开展，${who.units}个单位${who.teams}支志愿服务队${who.volunteers}名志愿者参与${schools}${unnamed}。`,
    `截至${cutOff.toFormat('M月d日HH:mm')}，共安排${total.assigned}人次（${total.people}人），到岗${total.arrived}人次（${total.peoplePresent}人），到岗率${percent(total.arrived, total.assigned)}；其中提前${total.early}、准时${total.onTime}、迟到${total.late}人次。缺席${total.absent}、未答复${total.unanswered}、婉拒${total.declined}、请假${total.excused}、取消${total.cancelled}人次。`,
    `记录服务时长${hoursOf(total.minutes)}小时。`,
    ...(total.countedHeads || total.companions
      ? [
          `另清点到场${total.countedHeads}人（其中成人${total.countedAdults}人），随行${total.companions}人，不计入人次和时长。`,
        ]
      : []),
    ...(messages ? [`发送消息${messages.written}条：${states(messages.byState, 'zh')}。`] : []),
    ...(report.partial ? ['以上仅为本单位（地区）数据。'] : []),
  ]
  return lines.join('\n')
}

function english(report: EventReport): string {
  const { event, participants: who, total, messages } = report
  const { start, end, cutOff } = times(report)
  const until = start.hasSame(end, 'day') ? end.toFormat('HH:mm') : end.toFormat('d LLL HH:mm')
  const schools = who.schools
    ? `, with ${who.teachersAndPupils} teachers and pupils of ${who.classes} classes of ${who.schools} schools`
    : ''
  const unnamed = who.headsWithoutNames ? `, and ${who.headsWithoutNames} heads without names` : ''
  const lines = [
    `Bulletin: ${event.name}`,
    `On ${start.toFormat('d LLLL yyyy')}, ${start.toFormat('HH:mm')} to ${until}, ${event.name} took place on ${report.shifts} shifts in ${report.zones} zones: ${who.volunteers} volunteers of ${who.teams} teams and ${who.units} units${schools}${unnamed}.`,
    `By ${cutOff.toFormat('d LLL HH:mm')}: ${total.assigned} assignments (${total.people} people), ${total.arrived} attendances (${total.peoplePresent} people, ${percent(total.arrived, total.assigned)}), of these ${total.early} early, ${total.onTime} on time, ${total.late} late. Absent ${total.absent}, unanswered ${total.unanswered}, declined ${total.declined}, excused ${total.excused}, cancelled ${total.cancelled}.`,
    `Recorded service: ${hoursOf(total.minutes)} hours.`,
    ...(total.countedHeads || total.companions
      ? [
          `Counted without names: ${total.countedHeads} (${total.countedAdults} adults), and ${total.companions} companions; they are in no figure above.`,
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
