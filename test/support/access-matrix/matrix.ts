/** Asks every cell of the matrix and compares the answer with what the referee says. */
import { createHash } from 'node:crypto'
import { type Case, type Position, positionsOf, type Reply, type Rule } from './declare.ts'
import { type Answer, ask, type Operation } from './operations.ts'
import { expectedOf, refusedAtDoor, type Standing, standings } from './referee.ts'
import type { BuiltWorld } from './world.ts'

export interface Cell {
  operation: Operation
  rule: Rule
  asked: Case
  standing: Standing
  position: Position
}

/** What a cell is called in reports. */
export function nameOf({ operation, asked, standing, position }: Cell): string {
  const way = asked.name ? `${operation.id} (${asked.name})` : operation.id
  return `${way} | ${standing.name} | ${position}`
}

/**
 * Every cell of an operation: each way of asking × standing × position. A standing that the declared access refuses asks
 * at one position only, because it is refused before the target is looked at.
 */
export function cellsOf(operation: Operation, rule: Rule): Cell[] {
  return rule.cases.flatMap((asked) =>
    standings
      .filter(({ role }) => role === null || !asked.without?.includes(role))
      .flatMap((standing) => {
        const positions = positionsOf(asked)
        const told = refusedAtDoor(rule, standing) ? positions.slice(0, 1) : positions
        return told.map((position) => ({ operation, rule, asked, standing, position }))
      }),
  )
}

/** Whether the cell is among the tenth that is drawn: by its name, so that it is the same in every run. */
export function isDrawn(cell: Cell): boolean {
  return (createHash('sha256').update(nameOf(cell)).digest()[0] as number) % 10 === 0
}

export interface Asking {
  built: BuiltWorld
  committed(): number
}

/** Lists are read once as each standing, not once for each position. */
const known = new WeakMap<BuiltWorld, Map<string, Answer>>()

async function answerTo({ operation, asked, standing, position }: Cell, built: BuiltWorld): Promise<Answer> {
  const { app, targets, world, sessions } = built
  const request = asked.ask(targets[position], world)
  const token = sessions.get(standing.name)?.token
  if (operation.method !== 'GET') return ask(app, operation, request, token)
  const answers = known.get(built) ?? new Map<string, Answer>()
  known.set(built, answers)
  const key = `${operation.id} ${standing.name} ${JSON.stringify(request)}`
  const answer = answers.get(key) ?? (await ask(app, operation, request, token))
  answers.set(key, answer)
  return answer
}

/** Asks, and says what is wrong with the answer; undefined when nothing is. */
export async function faultIn(cell: Cell, { built, committed }: Asking): Promise<string | undefined> {
  const { operation, rule, asked, standing, position } = cell
  const { targets, world } = built
  const target = targets[position]
  const expected = expectedOf(rule, asked, { standing, position, success: operation.success })
  const before = committed()
  const answer = await answerTo(cell, built)
  const wrong =
    replyFault(expected.reply, answer) ??
    (expected.shown === undefined
      ? undefined
      : shownFault(expected.shown, asked.shows?.(target, world) ?? '', answer)) ??
    (answer.status >= 400 && rule.access !== 'public' && committed() - before > (asked.counted ? 1 : 0)
      ? 'it was refused, and something was written'
      : undefined)
  return wrong && `${nameOf(cell)}: ${wrong}`
}

function replyFault(expected: Reply, { status, code, text }: Answer): string | undefined {
  const given = typeof expected === 'number' ? status : code ? `${status} ${code}` : `${status}`
  if (expected === 'refused' && (status === 403 || status === 404)) return undefined
  return given === expected ? undefined : `expected ${expected}, got ${given} ${text.slice(0, 300)}`
}

function shownFault(expected: boolean, what: string, { text }: Answer): string | undefined {
  if (text.includes(what) === expected) return undefined
  return expected ? `${what} is not in the answer` : `the answer holds ${what}, which is out of reach`
}
