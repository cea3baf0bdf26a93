import { and, eq, inArray, isNull } from 'drizzle-orm'
import { type KeyRing, maskName } from '#platform/crypto/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { matchPersons, type PersonCandidate, type PersonMatch } from '../match-persons.ts'
import { searchNameOf } from '../names.ts'
import { guardianConsents, memberships, persons, teams, units } from '../schema.ts'
import type { TeamsContext } from './judge-teams.ts'
import { refuse } from './judge-units.ts'
import { type Group, groupsOf } from './people-groups.ts'
import type { Statement } from './statements.ts'
import { inTurns } from './turns.ts'
import { type Answers, isNew, type PlannedPerson, type Question } from './verdicts.ts'

export interface PersonsContext extends TeamsContext {
  db: Reader
  keys: KeyRing
  answers: Answers
  topicOf: (text: string) => string
  /** Whether anybody was asked about yet, and answered. */
  decidesPersons: boolean
}

type Matches = Map<Statement, PersonMatch>

/**
 * Finds out who the people of the lists are, what the lists add to what is known of them, and asks where only
 * somebody who knows them can tell.
 */
export async function judgePersons(context: PersonsContext): Promise<void> {
  const stated = context.statements.all.filter(({ judging }) => judging.open)
  const matches = await recognise(stated, context)
  for (const statement of stated) askWhoItIs(statement, matches.get(statement), context)
  const open = stated.filter(({ judging }) => judging.open)
  const groups = await groupsOf(open, (statement) => {
    const match = matches.get(statement)
    return match?.found === 'one' ? { found: 'one', personId: match.personId } : { found: 'none' }
  })
  refuseTwoNames(open)
  await inTurns(groups.all, (group) => judgeGroup(group, matches, context))
  await forgetKnownConsents(context)
}

function topicOfStatement({ judging, as }: Statement, { topicOf }: PersonsContext): string {
  return topicOf(`row ${judging.row.ordinal} ${as}`)
}

/** Looks everybody up together; whom somebody decided about is looked up by that decision. */
async function recognise(stated: readonly Statement[], context: PersonsContext): Promise<Matches> {
  const matches: Matches = new Map()
  const officers = await officersByName(stated, context.db)
  const sought: { statement: Statement; candidate: PersonCandidate }[] = []
  await inTurns(stated, (statement) => {
    const answer = context.decidesPersons
      ? context.answers('person', topicOfStatement(statement, context))
      : undefined
    if (answer?.answer === 'skip') statement.judging.skipped = true
    else if (answer?.answer === 'create') matches.set(statement, { found: 'none' })
    else {
      const officer = officers.get(statement)
      sought.push({ statement, candidate: candidateOf(statement, answer?.id ?? officer) })
    }
  })
  const found = await matchPersons(
    context.db,
    context.keys,
    sought.map(({ candidate }) => candidate),
  )
  for (const [at, match] of found.entries())
    matches.set((sought[at] as { statement: Statement }).statement, match)
  return matches
}

function candidateOf(
  { input, unit, memberships: stated }: Statement,
  id: string | undefined,
): PersonCandidate {
  return {
    ...input,
    ...(id === undefined ? {} : { id }),
    unitId: unit !== null && !isNew(unit) ? unit : null,
    memberships: stated.filter(({ team }) => !isNew(team)).map(({ team, role }) => ({ teamId: team, role })),
  }
}

/** Whoever holds the office already and has the name is meant, when the row gives no number. */
async function officersByName(stated: readonly Statement[], db: Reader): Promise<Map<Statement, string>> {
  const named = stated.filter(({ knownAs, input }) => knownAs !== null && (input.contacts ?? []).length === 0)
  const names = new Map<string, string>()
  await inChunks([...new Set(named.map(({ knownAs }) => knownAs as string))], 500, async (ids) => {
    const rows = await db
      .select({ id: persons.id, searchName: persons.searchName })
      .from(persons)
      .where(and(inArray(persons.id, ids), isNull(persons.mergedIntoId)))
    for (const { id, searchName } of rows) names.set(id, searchName)
  })
  const officers = new Map<Statement, string>()
  for (const statement of named) {
    const id = statement.knownAs as string
    if (names.get(id) === searchNameOf(statement.input.name)) officers.set(statement, id)
  }
  return officers
}

function askWhoItIs(statement: Statement, match: PersonMatch | undefined, context: PersonsContext): void {
  if (match?.found !== 'unsure' || !statement.judging.open) return
  context.questions.ask(statement.judging, {
    kind: 'person',
    topic: topicOfStatement(statement, context),
    name: statement.input.name,
    within: statement.unit === null ? null : context.book.nameOf(statement.unit),
    // A number belongs to one person: with another name it is a slip, or the other list was wrong.
    mayCreate: match.because !== 'other-name',
    propose: () => describe(match.personIds, match.because, context.db),
  })
}

/** People as a person who decides may see them: masked name and teams. */
async function describe(ids: readonly string[], because: string, db: Reader): Promise<Question['proposals']> {
  const some = ids.slice(0, 8)
  const rows = await db
    .select({ id: persons.id, name: persons.name })
    .from(persons)
    .where(inArray(persons.id, some))
  const joined = await db
    .select({ personId: memberships.personId, team: teams.name, unit: units.name })
    .from(memberships)
    .innerJoin(teams, eq(teams.id, memberships.teamId))
    .leftJoin(units, eq(units.id, teams.unitId))
    .where(and(inArray(memberships.personId, some), isNull(memberships.leftAt)))
  return rows.map(({ id, name }) => {
    const places = joined.filter(({ personId }) => personId === id).map(({ unit, team }) => unit ?? team)
    return { id, name: [maskName(name), ...new Set(places)].join(' · '), likeness: null, because }
  })
}

/** One identity number under two names within the files: whoever comes later is wrong, or the first is. */
function refuseTwoNames(stated: readonly Statement[]): void {
  const first = new Map<string, Statement>()
  for (const statement of stated) {
    const { identityNumber, name } = statement.input
    if (identityNumber === undefined) continue
    const earlier = first.get(identityNumber)
    if (!earlier) first.set(identityNumber, statement)
    else if (searchNameOf(earlier.input.name) !== searchNameOf(name)) {
      refuse(statement.judging, 'identityNumber', 'person.two_names', { row: earlier.judging.row })
    }
  }
}

const byRow = (a: Statement, b: Statement) => a.judging.row.ordinal - b.judging.row.ordinal

/** What the rows of one person say, each beyond those before it; what is new goes into the plan. */
function judgeGroup(group: Group, matches: Matches, context: PersonsContext): void {
  let self: Statement | undefined
  let written = false
  const taken: Statement[] = []
  for (const statement of group.members.toSorted(byRow)) {
    const { judging } = statement
    if (!judging.open) continue
    const contradicted = group.contradiction(statement)
    if (contradicted) {
      refuse(judging, contradicted, 'row.contradicts', { row: (taken[0] as Statement).judging.row })
      continue
    }
    const more = group.add(statement)
    const adds = addsTo(statement, group, more, matches.get(statement))
    if (adds.length > 0) written = true
    if (statement.as === 'self') judgeSelf(statement, group, { more, adds, earlier: self })
    else if (adds.length > 0) judging.raise(statement.as)
    if (statement.as === 'self') self ??= statement
    judging.contributed = true
    taken.push(statement)
  }
  if (taken.length === 0) return
  if (written || group.personId === null) context.plan.persons.push(plannedOf(group))
  for (const { settle } of taken) settle?.(group.ref)
}

/** What a statement adds to what is known: of somebody known by the look-up, of somebody new all it says. */
function addsTo(
  statement: Statement,
  group: Group,
  more: string[],
  match: PersonMatch | undefined,
): string[] {
  if (group.personId === null) return more
  if (match?.found !== 'one') return more
  const joins = statement.memberships.some(({ team }) => isNew(team)) ? ['memberships'] : []
  return [...new Set([...match.differs, ...joins])]
}

function judgeSelf(
  { judging }: Statement,
  group: Group,
  { more, adds, earlier }: { more: string[]; adds: string[]; earlier: Statement | undefined },
): void {
  if (group.personId !== null) judging.target = { kind: 'person', id: group.personId }
  if (earlier) judging.repeats(earlier.judging.row)
  if (earlier && more.length === 0) {
    judging.outcome = 'duplicate'
    return
  }
  if (group.personId === null && !earlier) {
    judging.outcome = 'new'
    return
  }
  for (const field of adds) judging.changes.add(field)
  judging.outcome = adds.length > 0 ? 'update' : 'unchanged'
}

function plannedOf(group: Group): PlannedPerson {
  const { columns, contacts, skills, memberships: joined } = group
  return {
    ref: group.ref,
    input: {
      ...(group.personId === null ? {} : { id: group.personId }),
      name: group.name,
      ...columns,
      contacts: [...contacts.values()],
      skills: [...skills],
    } as PlannedPerson['input'],
    memberships: [...joined].map(([team, role]) => ({ team, role })),
  }
}

/** A consent that is recorded already is not recorded again. */
async function forgetKnownConsents({ db, plan }: PersonsContext): Promise<void> {
  const known = new Set<string>()
  const ids = [...new Set(plan.consents.map(({ person }) => person))].filter((person) => !isNew(person))
  await inChunks(ids, 500, async (some) => {
    const rows = await db
      .select({ personId: guardianConsents.personId, name: guardianConsents.guardianName })
      .from(guardianConsents)
      .where(and(inArray(guardianConsents.personId, some), isNull(guardianConsents.withdrawnAt)))
    for (const { personId, name } of rows) known.add(`${personId} ${name}`)
  })
  const consents = new Map(
    plan.consents.map((consent) => [`${consent.person} ${consent.guardianName}`, consent]),
  )
  plan.consents = [...consents].filter(([key]) => !known.has(key)).map(([, consent]) => consent)
  for (const { by } of plan.consents) if (by.outcome !== 'new') by.raise('guardianConsent')
}
