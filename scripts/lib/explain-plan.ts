/**
 * Explains the proposal for a problem file. A problem file has no names, so zones, teams and people are named by
 * position.
 */

import { headlineOf, type Naming } from '#modules/planning/sentences.ts'
import { nowhereText, whyText } from '#modules/planning/why-sentences.ts'
import { refusals } from '#modules/planning/words.ts'
import { explainedAt, type Problem, type Proposal, type WhyHere } from '#planner/index.ts'

/** The most important explanations, in Chinese and English. */
export function* headlinesIn(
  problem: Problem,
  { headlines, shortages, competitions }: Proposal,
): Generator<string> {
  const naming = namingOf(problem)
  for (const headline of headlines) {
    const explained = explainedAt(shortages, headline.shortage)
    const { zh, en } = headlineOf(headline, explained, naming, competitions[explained.competing?.set ?? -1])
    yield `· ${zh}`
    yield `  ${en}`
  }
}

/** Where a person is placed, why, and why not at the nearest other shifts; in Chinese and English. */
export function* whyLines(problem: Problem, why: WhyHere): Generator<string> {
  const { zone, time } = namingOf(problem)
  const place = (shift: number) => `shift ${shift}, ${zone(shift)}, ${time(shift)}`
  yield `人员 person ${why.vol}`
  for (const { shift, metres, reasons } of why.places) {
    yield `  ${place(shift)}, ${metres} m`
    for (const reason of reasons) {
      const { zh, en } = whyText(reason, (skill) => `${skill}`)
      yield `  · ${zh} · ${en}`
    }
  }
  for (const { because } of why.reasons) {
    const { zh, en } = nowhereText({ because }, why.refused)
    yield `  · ${zh} · ${en}`
  }
  if (why.alternatives.length > 0) yield '  最近的其他岗位 · the nearest other shifts'
  for (const { shift, metres, because } of why.alternatives) {
    const { zh, en } = refusals[because]
    yield `  · ${place(shift)}, ${metres} m: ${zh} · ${en}`
  }
}

function namingOf({ shifts }: Problem): Naming<number> {
  const clock = (minute: number) => {
    const [day, rest] = [Math.floor(minute / 1440), ((minute % 1440) + 1440) % 1440]
    const hours = `${Math.floor(rest / 60)}`.padStart(2, '0')
    return `${day > 0 ? `${day + 1}/` : ''}${hours}:${`${Math.floor(rest % 60)}`.padStart(2, '0')}`
  }
  return {
    zone: (shift) => `zone ${shifts[shift]!.zone}`,
    time: (shift) => `${clock(shifts[shift]!.start)}–${clock(shifts[shift]!.end)}`,
    team: (team) => `team ${team}`,
    skill: (skill) => `skill ${skill}`,
    district: (district) => `district ${district}`,
    clock,
  }
}
