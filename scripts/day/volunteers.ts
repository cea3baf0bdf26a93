/** The simulated behaviour of each volunteer. The telephone number is the random seed, so every run is the same. */
import { Dice } from '../city/random.ts'
import { type Client, crowd } from './client.ts'
import type { Sent } from './offices.ts'
import { phase } from './progress.ts'

export type Answer = 'accepted' | 'declined' | null
export type Arrival = 'early' | 'on_time' | 'late' | null

/** One personal link, and the behaviour of its owner. */
export interface Volunteer {
  path: string
  answer: Answer
  arrival: Arrival
  checksOut: boolean
  /** Read from the page: the assignment, and its times (HH:MM). */
  assignmentId: string | undefined
  startsAt: string | undefined
  endsAt: string | undefined
  language: 'zh' | 'en'
  /** A pupil: the guardian opens the link, and the teacher records the attendance. */
  countedByTeacher: boolean
}

const connections = 64

function behaviourOf(dice: Dice, path: string): Volunteer {
  const answer: Answer = dice.chance(0.03) ? 'declined' : dice.chance(0.07) ? null : 'accepted'
  // Some volunteers who did not answer come anyway; they may check in too.
  const comes = answer === 'accepted' ? dice.chance(0.955) : answer === null ? dice.chance(0.3) : false
  const roll = dice.roll()
  return {
    path,
    answer,
    arrival: comes ? (roll < 0.28 ? 'early' : roll < 0.91 ? 'on_time' : 'late') : null,
    checksOut: dice.chance(0.93),
    assignmentId: undefined,
    startsAt: undefined,
    endsAt: undefined,
    language: dice.chance(0.02) ? 'en' : 'zh',
    countedByTeacher: false,
  }
}

/** One volunteer for each personal link in the messages, sorted by telephone number. */
export function volunteersOf(invitations: readonly Sent[]): Volunteer[] {
  const inOrder = [...invitations].sort((a, b) => a.to.localeCompare(b.to) || a.text.length - b.text.length)
  return inOrder.flatMap(({ to, text }) => {
    const dice = new Dice(Number(to.slice(-8)))
    const paths = [...new Set(text.match(/\/c\/[0-9A-Za-z-]+/g) ?? [])]
    return paths.map((path) => behaviourOf(dice, path))
  })
}

/** The value of a hidden form field on the page. */
const field = (page: string, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1]

/** Every volunteer opens the page; those with an answer send it. Returns the number of each answer. */
export async function readAndAnswer(
  client: Client,
  volunteers: readonly Volunteer[],
): Promise<{ accepted: number; declined: number }> {
  const answered = { accepted: 0, declined: 0 }
  await phase(
    '志愿者打开链接并答复 · volunteers open their link and answer',
    volunteers.length,
    async (bar) => {
      await crowd(volunteers, connections, async (volunteer) => {
        const { text: page } = await client.must('GET', volunteer.path, {
          headers: { accept: 'text/html', 'accept-language': volunteer.language },
        })
        volunteer.assignmentId = field(page, 'assignmentId')
        volunteer.countedByTeacher = page.includes('data-roll="teacher"')
        const times = /class="when">[^<]*?(\d\d:\d\d)–[^<]*?(\d\d:\d\d)/.exec(page)
        volunteer.startsAt = times?.[1]
        volunteer.endsAt = times?.[2]
        const { answer } = volunteer
        if (answer && volunteer.assignmentId) {
          await client.must('POST', `${volunteer.path}/answer`, {
            form: { operationId: operation(), assignmentId: volunteer.assignmentId, answer },
          })
          answered[answer]++
        }
        bar.step()
      })
    },
    undefined,
  )
  return answered
}

/** Checks in: volunteers through their link, pupils through the office. Returns the number of check-ins. */
export function checkIn(office: Client, label: string, coming: readonly Volunteer[]): Promise<number> {
  return send(office, label, coming, 'check-in')
}

/** Checks out, in the same way as `checkIn`. Returns the number of check-outs. */
export function checkOut(office: Client, label: string, leaving: readonly Volunteer[]): Promise<number> {
  return send(office, label, leaving, 'check-out')
}

async function send(
  office: Client,
  label: string,
  people: readonly Volunteer[],
  action: 'check-in' | 'check-out',
): Promise<number> {
  const started = performance.now()
  return phase(
    label,
    people.length,
    async (bar) => {
      await crowd(people, connections, async ({ path, assignmentId, countedByTeacher }) => {
        const operationId = operation()
        if (countedByTeacher) {
          await office.must('PUT', `/api/assignments/${assignmentId}/${action}`, { body: { operationId } })
        } else {
          await office.must('POST', `${path}/${action}`, {
            form: { operationId, assignmentId: assignmentId as string },
          })
        }
        bar.step()
      })
      return people.length
    },
    (n) =>
      `${n.toLocaleString('en')} (${Math.round((n / (performance.now() - started)) * 1000).toLocaleString('en')}/s)`,
  )
}

let operations = 0
/** A new operation id (idempotency key), as the page makes one for each action. */
function operation(): string {
  return `day-${process.pid}-${++operations}`
}
