/** The world the matrix asks about: one of everything at each position. */
import { eq } from 'drizzle-orm'
import { units } from '#modules/organisation/schema.ts'
import { attentions } from '#platform/attention/schema.ts'
import { newId } from '#platform/ids.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { startWorker } from '#platform/jobs/worker.ts'
import { type RoleOver, type SignedIn, startApp, type TestApp } from '#test/support/app.ts'
import { aUser } from '#test/support/factories/accounts.ts'
import { aPerson, aUnit } from '#test/support/factories/organisation.ts'
import type { Position } from './declare.ts'
import { type Standing, standings } from './referee.ts'
import { aConfirmation, aWaitingOffice, district, proposals, savedTemplate } from './world-beside.ts'
import { aBody, type Bodies, type CommandThings, commandThings } from './world-command.ts'
import {
  districtZone,
  type EventThings,
  eventThings,
  type FarEvents,
  farEvents,
  type GridThings,
  gridThings,
} from './world-events.ts'
import { anImport, type ImportThings, sheetOf } from './world-imports.ts'
import { type InspectionThings, inspectionThings } from './world-inspection.ts'
import { aQuota, guestOf, headsOf, type MobilizationThings, personThings } from './world-mobilization.ts'
import {
  type AccountThings,
  accountThings,
  mergedPerson,
  type OrganisationThings,
  sharedPerson,
  since,
  type TeamThings,
  teamThings,
  unitThings,
} from './world-people.ts'
import { type RankingThings, rankingThings } from './world-ranking.ts'

/** What there is at one position. */
export type Target = OrganisationThings &
  TeamThings &
  AccountThings &
  GridThings &
  EventThings &
  MobilizationThings &
  CommandThings &
  InspectionThings &
  RankingThings &
  ImportThings

/** What there is once, and the own things beside those asked for. */
export interface World extends FarEvents, Bodies {
  own: Target
  /** A job that is dead. */
  job: string
  /** An alarm about somebody unknown. */
  alarm: string
  /** A unit of the own district that reports to one of another. */
  astray: string
  /** The account of another district's office, which waits for its first password; leads a team of the own unit. */
  waitingOffice: string
  /** An account without a role. */
  newcomer: string
  /** What a system administrator asked for, and nobody has decided yet. */
  confirmation: string
}

export interface BuiltWorld extends AsyncDisposable {
  app: TestApp
  targets: Record<Position, Target>
  world: World
  /** Who asks, by the name of the standing; nobody has no session. */
  sessions: Map<string, SignedIn>
}

/** Half an hour before the shifts begin: check-in is open, and nothing is over. */
const moment = '2026-03-04T13:00:00+08:00'

/** Builds everything once; the imports are judged by a worker that then stops. */
export async function buildWorld(): Promise<BuiltWorld> {
  const app = await startApp({
    worker: false,
    at: moment,
    env: { LIMIT_PER_LINK: '100000', LIMIT_MISSES_PER_ADDRESS: '100000' },
  })
  const far = await farEvents(app, district.third)
  const atUnits = await unitsOf(app, far)
  const atTeams = await teamsOf(app, atUnits, far)
  const sessions = await signInAll(app, atTeams)
  const imports = await importsOf(app, atTeams, sessions)
  const targets = await withPeople(app, atTeams, imports, far)
  await proposals(app, targets, far)
  await savedTemplate(app)
  const job = newId()
  const dead = {
    id: job,
    kind: 'http.tidy',
    params: {},
    state: 'dead' as const,
    runAt: since,
    createdAt: since,
  }
  const alarm = newId()
  const raised = {
    id: alarm,
    kind: 'sign_in.attacked',
    subject: 'login:nobody',
    raisedAt: since,
    lastAt: since,
  }
  await app.db.transaction(async (tx) => {
    await tx.insert(jobs).values(dead)
    await tx.insert(attentions).values(raised)
  })
  const { unit: parentId } = targets.other
  const { id: astray } = await aUnit(app.db, { parentId, districtCode: district.first })
  const waitingOffice = await aWaitingOffice(app, targets.own.unit)
  const { id: newcomer } = await aUser(app.db, { password: null })
  const confirmation = await aConfirmation(app)
  const bodies = await aBody(app, far.farUnit)
  const world = {
    ...far,
    ...bodies,
    own: targets.own,
    job,
    alarm,
    astray,
    waitingOffice,
    newcomer,
    confirmation,
  }
  return { app, targets, sessions, world, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

type UnitPosition = 'own' | 'sibling' | 'other' | 'parent' | 'closed'

type OfUnit = Pick<MobilizationThings, 'quota' | 'guest' | 'guestAssignment'>

type AtUnit = OrganisationThings &
  AccountThings &
  GridThings &
  EventThings &
  CommandThings &
  InspectionThings &
  RankingThings &
  OfUnit

async function unitsOf(app: TestApp, far: FarEvents): Promise<Record<UnitPosition, AtUnit>> {
  const { db } = app
  const bureau = await aUnit(db, { name: '市局', districtCode: district.first })
  const below = (name: string, parentId: string) =>
    aUnit(db, { name, parentId, districtCode: district.first })
  const [first, second] = [await districtZone(app, district.first), await districtZone(app, district.second)]
  const own = await below('一处', bureau.id)
  const sibling = await below('二处', bureau.id)
  const closed = await below('一处旧所', own.id)
  const other = await aUnit(db, { name: '外区局', districtCode: district.second })
  const at = async (unit: string, unitName: string, code: string): Promise<AtUnit> => {
    const isClosed = unit === closed.id
    const grid = await gridThings(app, {
      unit,
      parent: code === district.first ? first : second,
      district: code,
      closed: isClosed,
    })
    const things = await eventThings(app, far, { unit, zone: grid.zone, closed: isClosed })
    const owed = await commandThings(app, { unit, farUnit: far.farUnit })
    const looked = await inspectionThings(app, { unit, zone: grid.zone, task: owed.task })
    return {
      ...(await unitThings(app, { unit, unitName, district: code })),
      ...(await accountThings(app, [unit])),
      ...grid,
      ...things,
      ...owed,
      ...looked,
      ...(await rankingThings(app, { unit, district: code, zone: grid.zone, ...owed, ...looked })),
      ...(await guestOf(app, far, things)),
      quota: await aQuota(app, far, unit),
    }
  }
  const all = {
    own: await at(own.id, '一处', district.first),
    sibling: await at(sibling.id, '二处', district.first),
    other: await at(other.id, '外区局', district.second),
    parent: await at(bureau.id, '市局', district.first),
    closed: await at(closed.id, '一处旧所', district.first),
  }
  await db.transaction((tx) => tx.update(units).set({ closedAt: since }).where(eq(units.id, closed.id)))
  return all
}

type TeamPosition = UnitPosition | 'beside'

type AtTeam = AtUnit & TeamThings & MobilizationThings

async function teamsOf(
  app: TestApp,
  atUnits: Record<UnitPosition, AtUnit>,
  far: FarEvents,
): Promise<Record<TeamPosition, AtTeam>> {
  const at = async (position: TeamPosition, name: string): Promise<AtTeam> => {
    // A closed team is one of the open unit, so that what is refused there is refused for the team.
    const of = atUnits[position === 'beside' || position === 'closed' ? 'own' : position]
    const team = await teamThings(app, { unit: of.unit, name, closed: position === 'closed' })
    const things = position === 'closed' ? atUnits.closed : of
    const ours = { ...team, unit: of.unit }
    return { ...things, ...team, ...(await personThings(app, far, ours)), ...(await headsOf(app, far, ours)) }
  }
  return {
    own: await at('own', '一'),
    beside: await at('beside', '邻'),
    sibling: await at('sibling', '二'),
    other: await at('other', '外'),
    parent: await at('parent', '局'),
    closed: await at('closed', '旧'),
  }
}

async function signInAll(
  app: TestApp,
  { own, sibling, other, parent }: Record<TeamPosition, AtTeam>,
): Promise<Map<string, SignedIn>> {
  const sessions = new Map<string, SignedIn>()
  for (const standing of standings) {
    const grant = grantOf(standing, own)
    if (grant) sessions.set(standing.name, await app.signIn(grant))
  }
  for (const [position, { unit }] of Object.entries({ sibling, other, parent }))
    sessions.set(
      `administrator of ${position}`,
      await app.signIn({ role: 'unit_administrator', unitId: unit }),
    )
  return sessions
}

function grantOf({ role, over }: Standing, own: AtTeam): RoleOver | undefined {
  if (role === null) return undefined
  const scopes = {
    everything: {},
    unit: { unitId: own.unit },
    district: { districtCode: district.first },
    team: { teamId: own.team },
  }
  return { role, ...scopes[over] }
}

const starters = {
  own: 'unit_administrator',
  sibling: 'administrator of sibling',
  other: 'administrator of other',
  parent: 'administrator of parent',
} as const

type StarterPosition = keyof typeof starters

/** Two imports begun by the administrator of each unit: one that is judged, one that is committed. */
async function importsOf(
  app: TestApp,
  at: Record<StarterPosition, AtTeam>,
  sessions: Map<string, SignedIn>,
): Promise<Record<StarterPosition, ImportThings>> {
  const worker = startWorker(app.context, app.jobs, { pollMs: 200 })
  const made: [string, ImportThings][] = []
  for (const [position, name] of Object.entries(starters)) {
    const by = sessions.get(name) as SignedIn
    const { unitName: unit, teamName: team } = at[position as StarterPosition]
    const judged = await anImport(app, by, { person: `赵六${unit}`, unit, team })
    const committed = await anImport(app, by, { person: `钱七${unit}`, unit, team })
    await worker.idle()
    await app.as(by).put(`/api/imports/${committed}/commit`).expect(202)
    made.push([position, { import: judged, sheet: await sheetOf(app, judged), committed }])
  }
  await worker.idle()
  await worker.stop()
  return Object.fromEntries(made) as Record<StarterPosition, ImportThings>
}

/** Everything at each position, with whoever is known twice or stands in two teams. */
async function withPeople(
  app: TestApp,
  at: Record<TeamPosition, AtTeam>,
  imports: Awaited<ReturnType<typeof importsOf>>,
  far: FarEvents,
): Promise<Record<Position, Target>> {
  const own = { ...at.own, ...imports.own }
  const shared = await sharedPerson(app, [at.own.team, at.other.team])
  return {
    own,
    beside: { ...at.beside, ...imports.own },
    sibling: { ...at.sibling, ...imports.sibling },
    other: { ...at.other, ...imports.other },
    parent: { ...at.parent, ...imports.parent },
    closed: { ...at.closed, ...imports.own },
    // Into somebody else than `spare`: an earlier merge of one person is not undone before a later one.
    merged: { ...own, ...(await mergedPerson(app, (await aPerson(app, { teamId: own.team })).id, own.team)) },
    shared: {
      ...own,
      ...shared,
      ...(await accountThings(app, [at.own.unit, at.other.unit])),
      ...(await personThings(app, far, { ...at.own, ...shared })),
    },
  }
}
