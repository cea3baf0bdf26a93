/** Where to look after the day, and with which accounts. */
import type { Account } from './offices.ts'
import type { RunningService } from './server.ts'
import type { Volunteer } from './volunteers.ts'

export interface Access {
  eventId: string
  /** The address of a screen of the event. */
  screen: string
  accounts: readonly Account[]
  volunteers: readonly Volunteer[]
}

/** Prints the addresses and the accounts to try the service with. */
export function printAccess(
  { url }: RunningService,
  { eventId, screen, accounts, volunteers }: Access,
): void {
  const rows = accounts.map(({ login, password, what }) => `    ${login.padEnd(10)} ${password}   ${what}`)
  const placed = volunteers.filter(({ assignmentId }) => assignmentId)
  const linkOf = (found: Volunteer | undefined) => `${url}${found?.path ?? ''}`
  const waiting = placed.find(({ answer, arrival }) => answer === null && arrival === null)
  const left = placed.find(({ arrival, checksOut }) => arrival && checksOut)
  const pupil = placed.find(({ countedByTeacher }) => countedByTeacher)
  process.stdout.write(`
  工作台 · console              ${url}/events
  当日页 · the day              ${url}/events/${eventId}/day
  大屏 · screen                 ${screen}
  队长手机端 · a leader’s phone   ${url}/m
  待答复 · to be answered       ${linkOf(waiting)}
  已签退 · checked out          ${linkOf(left)}
  学生家长 · a pupil’s parent    ${linkOf(pupil)}
  接口文档 · API                 ${url}/api/docs
  账号 · accounts
${rows.join('\n')}
`)
}
