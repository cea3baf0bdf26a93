/** What each volunteer does with the message: decided by the telephone it came to, so that every run is alike. */
import { Dice } from '../city/random.ts'
import { type Client, crowd } from './client.ts'
import type { Sent } from './offices.ts'
import { phase } from './progress.ts'

export type Answer = 'accepted' | 'declined' | null
export type Arrival = 'early' | 'on_time' | 'late' | null

/** One personal link and what its owner will do. */
export interface Volunteer {
  path: string
  answer: Answer
  arrival: Arrival
  checksOut: boolean
  /** Learned from the page: the place, and when it begins. */
  assignmentId: string | undefined
  startsAt: string | undefined
  endsAt: string | undefined
  language: 'zh' | 'en'
}

const connections = 64

function fate(dice: Dice, path: string): Volunteer {
  const answer: Answer = dice.chance(0.03) ? 'declined' : dice.chance(0.07) ? null : 'accepted'
  // Nobody is turned away: some who never answered come all the same.
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
  }
}

/** Everybody who got a link, in the order of their telephones. */
export function volunteersOf(invitations: readonly Sent[]): Volunteer[] {
  const inOrder = [...invitations].sort((a, b) => a.to.localeCompare(b.to) || a.text.length - b.text.length)
  return inOrder.flatMap(({ to, text }) => {
    const dice = new Dice(Number(to.slice(-8)))
    const paths = [...new Set(text.match(/\/c\/[0-9A-Za-z-]+/g) ?? [])]
    return paths.map((path) => fate(dice, path))
  })
}

const field = (page: string, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1]

/** Opens the page, reads it, and sends one of its forms. Those who never answer look at it, too. */
export async function readAndAnswer(
  client: Client,
  volunteers: readonly Volunteer[],
): Promise<{ accepted: number; declined: number }> {
  const told = { accepted: 0, declined: 0 }
  await phase(
    '志愿者打开链接并答复 · volunteers open their link and answer',
    volunteers.length,
    async (bar) => {
      await crowd(volunteers, connections, async (volunteer) => {
        const { text: page } = await client.must('GET', volunteer.path, {
          headers: { accept: 'text/html', 'accept-language': volunteer.language },
        })
        volunteer.assignmentId = field(page, 'assignmentId')
        const times = /class="when">[^<]*?(\d\d:\d\d)–[^<]*?(\d\d:\d\d)/.exec(page)
        volunteer.startsAt = times?.[1]
        volunteer.endsAt = times?.[2]
        const { answer } = volunteer
        if (answer && volunteer.assignmentId) {
          await client.must('POST', `${volunteer.path}/answer`, {
            form: { operationId: operation(), assignmentId: volunteer.assignmentId, answer },
          })
          told[answer]++
        }
        bar.step()
      })
    },
    undefined,
  )
  return told
}

/** Those who come at this moment check in through their link. Returns how many the service said yes to. */
export function checkIn(client: Client, label: string, coming: readonly Volunteer[]): Promise<number> {
  return act(client, label, coming, 'check-in')
}

export function checkOut(client: Client, label: string, leaving: readonly Volunteer[]): Promise<number> {
  return act(client, label, leaving, 'check-out')
}

async function act(
  client: Client,
  label: string,
  people: readonly Volunteer[],
  action: 'check-in' | 'check-out',
): Promise<number> {
  const started = performance.now()
  return phase(
    label,
    people.length,
    async (bar) => {
      await crowd(people, connections, async ({ path, assignmentId }) => {
        await client.must('POST', `${path}/${action}`, {
          form: { operationId: operation(), assignmentId: assignmentId as string },
        })
        bar.step()
      })
      return people.length
    },
    (n) =>
      `${n.toLocaleString('en')} (${Math.round((n / (performance.now() - started)) * 1000).toLocaleString('en')}/s)`,
  )
}

let operations = 0
/** What a page would have made: once for each thing somebody wants done. */
function operation(): string {
  return `day-${process.pid}-${++operations}`
}
