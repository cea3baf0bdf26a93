/** Judges the rows of lists of standards: of which scheme, what is looked at, who answers; published ones never change. */
import { issuerOf, readUnits } from '#modules/command/index.ts'
import { type Judging, putAside, type Ref, refuse, type Scene } from '#modules/imports/index.ts'
import type { StandardCreation } from '../schemes/contract.ts'
import { withDefaults } from '../schemes/save-standard.ts'
import type { Indicator } from '../schemes/tables.ts'
import { readAnswering, readStandard, type StandardSaid } from './read-standard.ts'
import { saidBy } from './said-by.ts'
import {
  type Answering,
  findScheme,
  indicatorCode,
  type KnownStandard,
  type ListScheme,
  schemeNameOf,
} from './scheme-book.ts'
import { standardReasons } from './standard-reasons.ts'
import type { StandardCells } from './standard-sheets.ts'

export interface PlannedStandard {
  /** Of a standard that is there and changes, as it was judged. */
  id?: string
  version?: number
  columns: Required<StandardCreation>
  units: Answering[]
}

export interface PlannedScheme {
  id?: string
  version?: number
  title: string
  issuer: Ref
  indicators: Indicator[]
  /** They are more than the scheme has. */
  indicatorsAdded: boolean
  standards: PlannedStandard[]
}

/** @param today `YYYY-MM-DD` */
export async function judgeStandards(
  rows: readonly Judging[],
  scene: Scene,
  today: string,
): Promise<PlannedScheme[]> {
  if (rows.length === 0) return []
  if (!scene.gate.writes('standards')) {
    putAside(rows, 'list.not_permitted')
    return []
  }
  const cells = rows.map(cellsOf)
  const named = cells.flatMap(({ leadUnits, owingUnits, supportUnits }) =>
    [leadUnits, owingUnits, supportUnits].flatMap((cell) => readUnits(cell).names),
  )
  await scene.book.load(named)
  return new Schemes(scene, today).judge(rows)
}

const cellsOf = ({ row }: Judging): StandardCells => (row.entry.more ?? {}) as StandardCells

interface Listed {
  judging: Judging
  planned: PlannedStandard
  known: KnownStandard | undefined
  /** The districts for which rows say who answers. */
  places: Set<string>
}
interface Opened {
  scheme: ListScheme
  planned: PlannedScheme
  /** By code, in the order of the list. */
  listed: Map<string, Listed>
  /** The first row with each code. */
  first: Map<string, Judging>
}

class Schemes {
  readonly #scene: Scene
  readonly #today: string
  readonly #open = new Map<string, Opened>()

  constructor(scene: Scene, today: string) {
    this.#scene = scene
    this.#today = today
  }

  async judge(rows: readonly Judging[]): Promise<PlannedScheme[]> {
    for (const judging of rows) {
      if (!judging.open) continue
      const title = schemeNameOf(judging)
      const issuing = { register: 'standards', title, outOfReach: standardReasons.outOfReach }
      const issuer = issuerOf(judging, this.#scene, issuing)
      if (issuer === undefined) continue
      const opened = await this.#opened(title, issuer)
      const read = readStandard(judging, cellsOf(judging), this.#today)
      const units = readAnswering(judging, cellsOf(judging), this.#scene)
      this.#put(judging, opened, read, units)
    }
    return [...this.#open.values()].flatMap(planOf)
  }

  async #opened(title: string, issuer: Ref): Promise<Opened> {
    const key = `${issuer} ${title}`
    const before = this.#open.get(key)
    if (before) return before
    const scheme = await findScheme(this.#scene, title, issuer)
    const { known, indicators } = scheme
    const of = known ? { id: known.id, version: known.version } : {}
    const planned = { ...of, title, issuer, indicators, indicatorsAdded: false, standards: [] }
    const opened: Opened = { scheme, planned, listed: new Map(), first: new Map() }
    this.#open.set(key, opened)
    return opened
  }

  #put(judging: Judging, opened: Opened, read: StandardSaid, units: Answering[] | undefined): void {
    const code = cellsOf(judging).standardCode?.trim() ?? ''
    if (code === '') refuse(judging, 'standardCode', standardReasons.codeMissing)
    if (code.length > 40) refuse(judging, 'standardCode', standardReasons.codeLong)
    if (code === '' || this.#repeats(judging, opened, code, units)) return
    const known = opened.scheme.standards.get(code)
    if (!known) assertWhole(judging, read)
    if (!judging.open || !units) return
    const indicator = this.#indicatorOf(judging, opened, read)
    const columns = columnsOf(code, { ...read, ...indicator }, known)
    if (columns.answer === 'count' && !columns.thresholds)
      refuse(judging, 'thresholds', standardReasons.thresholdsMissing)
    if (!judging.open) return
    const planned = { columns, units: answeringAfter(known?.units ?? [], units) }
    const changes = known ? differences(known, planned) : ['standardCode']
    if (changes.length > 0 && opened.scheme.known?.publishedAt) {
      refuse(judging, 'standardCode', standardReasons.published, { value: opened.scheme.title })
      return
    }
    if (known) judging.target = { kind: 'standard', id: known.row.id }
    else judging.outcome = 'new'
    for (const change of known ? changes : []) judging.raise(change)
    const places = new Set(units.map(({ districtCode }) => districtCode))
    opened.listed.set(code, { judging, planned, known, places })
    judging.contributed = changes.length > 0
  }

  /**
   * Another row of the same code: the same again; or, where it names another district and says nothing else anew, who answers
   * there. Anything else is refused.
   */
  #repeats(judging: Judging, opened: Opened, code: string, units: Answering[] | undefined): boolean {
    const first = opened.first.get(code)
    if (!first) {
      opened.first.set(code, judging)
      return false
    }
    const listed = opened.listed.get(code)
    if (saidBy(first) === saidBy(judging)) {
      judging.outcome = 'duplicate'
      judging.repeats(first.row)
    } else if (listed && units && this.#onlyElsewhere(listed, judging, units)) {
      this.#addPlace(judging, opened, listed, units)
    } else refuse(judging, 'standardCode', standardReasons.codeTwice, { value: code, row: first.row })
    return true
  }

  /** Whether a row says of the standard what the first one said, or nothing, and names a district that is new. */
  #onlyElsewhere({ places, judging: first }: Listed, judging: Judging, units: readonly Answering[]): boolean {
    const [place] = units
    if (!place || place.districtCode === '' || places.has(place.districtCode)) return false
    const said = (of: Judging) => JSON.stringify(readStandard(of, cellsOf(of), this.#today))
    return said(judging) === said(first) || said(judging) === '{}'
  }

  #addPlace(judging: Judging, { scheme }: Opened, listed: Listed, units: readonly Answering[]): void {
    const { planned, known } = listed
    const after = answeringAfter(planned.units, units)
    const changes = answeringText(after) !== answeringText(planned.units)
    if (changes && scheme.known?.publishedAt) {
      refuse(judging, 'standardCode', standardReasons.published, { value: scheme.title })
      return
    }
    for (const { districtCode } of units) listed.places.add(districtCode)
    planned.units = after
    if (known) judging.target = { kind: 'standard', id: known.row.id }
    else judging.outcome = 'new'
    if (known && changes) judging.raise('leadUnits')
    judging.contributed = changes
    listed.judging.contributed ||= changes
  }

  #indicatorOf(judging: Judging, { planned }: Opened, { indicator }: StandardSaid): { indicator?: string } {
    if (indicator === undefined) return {}
    const before = planned.indicators.length
    const code = indicatorCode(planned.indicators, indicator)
    if (code === undefined) {
      refuse(judging, 'taskGroup', standardReasons.indicatorsMany)
      return {}
    }
    if (planned.indicators.length > before) planned.indicatorsAdded = true
    return { indicator: code }
  }
}

function planOf({ planned, listed }: Opened): PlannedScheme[] {
  const standards = [...listed.values()].flatMap(({ planned: standard, known }): PlannedStandard[] => {
    if (!known) return [standard]
    if (differences(known, standard).length === 0) return []
    return [{ ...standard, id: known.row.id, version: known.row.version }]
  })
  return standards.length === 0 ? [] : [{ ...planned, standards }]
}

/** What a new standard cannot do without. */
function assertWhole(judging: Judging, { text, pointClass }: StandardSaid): void {
  const { pointClass: cell } = cellsOf(judging)
  if (text === undefined) refuse(judging, 'taskText', standardReasons.textMissing)
  if (pointClass === undefined && cell === undefined)
    refuse(judging, 'pointClass', standardReasons.classMissing)
}

/** What the row says, and for what it leaves out what is known, else what is usual. */
function columnsOf(
  code: string,
  said: StandardSaid,
  known: KnownStandard | undefined,
): Required<StandardCreation> {
  if (!known) return withDefaults({ ...said, code } as StandardCreation)
  const { pointClass, indicator, text, weight, observations, answer } = known.row
  const { thresholds, mayNotApply, photo, dueClass, severity } = known.row
  const before = { pointClass, indicator, text, weight, observations, answer }
  const merged = { ...before, thresholds, mayNotApply, photo, dueClass, severity, ...said, code }
  return merged.answer === 'met' ? { ...merged, thresholds: null } : merged
}

/** Who answers once a list was read: where it names units, those; everywhere else as before. */
function answeringAfter(before: readonly Answering[], said: readonly Answering[]): Answering[] {
  const places = new Set(said.map(({ districtCode }) => districtCode))
  return [...before.filter(({ districtCode }) => !places.has(districtCode)), ...said]
}

const fieldOf: Readonly<Record<keyof Required<StandardCreation>, string>> = {
  code: 'standardCode',
  pointClass: 'pointClass',
  indicator: 'taskGroup',
  text: 'taskText',
  weight: 'standardWeight',
  observations: 'observations',
  answer: 'answerKind',
  thresholds: 'thresholds',
  mayNotApply: 'mayNotApply',
  photo: 'photoRule',
  dueClass: 'due',
  severity: 'severity',
}

function differences(
  { row, units }: KnownStandard,
  planned: Pick<PlannedStandard, 'columns' | 'units'>,
): string[] {
  const changes = (Object.keys(fieldOf) as (keyof typeof fieldOf)[])
    .filter((column) => JSON.stringify(row[column]) !== JSON.stringify(planned.columns[column]))
    .map((column) => fieldOf[column])
  return answeringText(units) === answeringText(planned.units) ? changes : [...changes, 'leadUnits']
}

const answeringText = (all: readonly Answering[]) =>
  all
    .map(({ districtCode, unit, role }) => `${districtCode} ${unit} ${role}`)
    .sort()
    .join()
