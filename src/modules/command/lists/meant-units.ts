/** Which units a row means: names are looked up, words for many are asked about. */
import { type Judging, type Ref, refuse, resolveUnit, type Scene } from '#modules/imports/index.ts'
import { coversUnit } from '#modules/organisation/index.ts'
import type { Bodies } from './list-book.ts'
import { taskReasons } from './reasons.ts'
import type { TaskCells } from './sheets.ts'
import { meansDistricts, readUnits } from './unit-words.ts'

export interface Meant {
  /** The units of which each owes the task. */
  owing: Ref[]
  supporting: Ref[]
}

interface Asking {
  judging: Judging
  scene: Scene
  bodies: Bodies
  /** The units of the working body that the sheet is of. */
  members: readonly string[]
}

/** All names of units in the rows, so that they are loaded at once. */
export function namesOfUnits(cells: readonly TaskCells[]): string[] {
  return cells.flatMap(({ leadUnits, owingUnits, supportUnits }) =>
    [leadUnits, owingUnits, supportUnits].flatMap((cell) => readUnits(cell).names),
  )
}

/**
 * The units of a row; undefined when it waits, is skipped or refused. The lead unit owes a task and the others support
 * it; of several units without a lead somebody says whether the first one leads or each of them owes the task.
 */
export function meantUnits(
  cells: TaskCells & { unit?: string | undefined },
  asking: Asking,
): Meant | undefined {
  const { judging } = asking
  const lead = unitsOf(cells.leadUnits, asking)
  const owing = unitsOf(
    [cells.owingUnits, cells.unit].filter((each) => each !== undefined).join('、'),
    asking,
  )
  const supporting = unitsOf(cells.supportUnits, asking)
  if (!judging.open) return undefined
  const meant = split(lead, owing, supporting, asking)
  if (!meant) return undefined
  if (meant.owing.length === 0) {
    refuse(judging, fieldFor(cells), taskReasons.unitMissing)
    return undefined
  }
  if (meant.supporting.length > 50) refuse(judging, 'supportUnits', taskReasons.unitsMany)
  for (const ref of [...meant.owing, ...meant.supporting]) assertWithin(ref, asking)
  return judging.open ? meant : undefined
}

function split(lead: Ref[], owing: Ref[], supporting: Ref[], asking: Asking): Meant | undefined {
  const but = (first: Ref, ...others: Ref[][]) => [...new Set(others.flat())].filter((ref) => ref !== first)
  const [leading] = lead
  if (leading !== undefined) return { owing: [leading], supporting: but(leading, lead, owing, supporting) }
  const [first] = owing
  if (first === undefined || owing.length === 1)
    return { owing, supporting: supporting.filter((ref) => ref !== first) }
  const answer = severalOwe(asking)
  if (answer === 'each') return { owing, supporting: supporting.filter((ref) => !owing.includes(ref)) }
  return answer === 'first' ? { owing: [first], supporting: but(first, owing, supporting) } : undefined
}

/** The answer for all rows of a sheet that name several units without a lead. */
function severalOwe({ judging, scene }: Asking): 'first' | 'each' | undefined {
  const { sheet } = judging.row
  return choose(judging, scene, {
    topic: `several units ${sheet.id}`,
    name: '几个责任单位',
    proposals: [
      { id: 'first', name: '第一个为责任单位，其余配合 · The first owes it, the others support' },
      { id: 'each', name: '每个单位各一项 · Each of them owes it' },
    ],
  }) as 'first' | 'each' | undefined
}

function unitsOf(cell: string | undefined, asking: Asking): Ref[] {
  const { judging, scene } = asking
  const { names, many } = readUnits(cell)
  const named = names.flatMap((name) => resolveUnit(judging, name, scene) ?? [])
  return [...new Set([...named, ...many.flatMap((words) => manyUnits(words, asking))])]
}

/** 各县区, 各有关单位: who is meant is asked once for a sheet. */
function manyUnits(words: string, { judging, scene, bodies, members }: Asking): Ref[] {
  const named = (ids: readonly string[]) => ids.map((id) => scene.book.nameOf(id)).join('、')
  const proposals = [
    ...(bodies.districtUnits.length > 0
      ? [
          {
            id: 'districts',
            name: named(bodies.districtUnits),
            units: bodies.districtUnits,
          },
        ]
      : []),
    ...(members.length > 0 ? [{ id: 'members', name: named(members), units: members }] : []),
    { id: 'none', name: '只记写明的单位 · Only the units that are named', units: [] },
  ].sort((a, b) => rank(a.id, words) - rank(b.id, words))
  const { sheet } = judging.row
  const answer = choose(judging, scene, { topic: `units ${words} ${sheet.id}`, name: words, proposals })
  return [...(proposals.find(({ id }) => id === answer)?.units ?? [])]
}

const rank = (id: string, words: string) =>
  id === 'none' ? 2 : (id === 'districts') === meansDistricts(words) ? 0 : 1

function choose(
  judging: Judging,
  { answers, questions, topicOf }: Scene,
  {
    topic: text,
    name,
    proposals,
  }: { topic: string; name: string; proposals: readonly { id: string; name: string }[] },
): string | undefined {
  const topic = topicOf(text)
  const answer = answers('units', topic)
  if (answer?.answer === 'skip') judging.skipped = true
  else if (answer?.choice !== undefined) return answer.choice
  else {
    const propose = () => proposals.map(({ id, name }) => ({ id, name, likeness: null, because: null }))
    const within = judging.row.sheet.reading.name || null
    questions.ask(judging, { kind: 'units', topic, name, within, mayCreate: false, propose })
  }
  return undefined
}

function assertWithin(ref: Ref, { judging, scene }: Asking): void {
  const reach = scene.gate.reachOf('tasks')
  const place = scene.book.placeOf(ref)
  if (reach?.everything || (reach && place && coversUnit(reach, place))) return
  refuse(judging, 'owingUnits', taskReasons.outOfReach, { value: scene.book.nameOf(ref) })
}

const fieldFor = ({ leadUnits, owingUnits }: TaskCells) =>
  owingUnits === undefined && leadUnits !== undefined ? 'leadUnits' : 'owingUnits'
