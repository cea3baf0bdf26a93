import { and, isNull } from 'drizzle-orm'
import {
  identifyingFields,
  type ListedRequest,
  matchPersons,
  openGuardian,
  type Permits,
  type PersonCandidate,
  type PersonMatch,
  searchNameOf,
} from '#modules/organisation/index.ts'
import { guardianConsents } from '#modules/organisation/schema.ts'
import { among } from '#platform/database/dialect.ts'
import { inChunks } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { inTurns } from '../turns.ts'
import type { ListKind } from '../words.ts'
import { placeClasses, placePeople } from './judge-rows.ts'
import { describe, officersByName } from './known-people.ts'
import { type Group, groupsOf } from './people-groups.ts'
import { refuse } from './refusals.ts'
import { remarkUnconsented } from './remark-unconsented.ts'
import type { Scene } from './scene.ts'
import type { Statement } from './statements.ts'
import { withholdTried } from './tried/withhold-tried.ts'
import { isNew, type Judging, type PersonsPlan, type PlannedPerson, type Ref } from './verdicts.ts'

type Matches = Map<Statement, PersonMatch>

/** Judges lists of people and classes, and all people named by the earlier registers. */
export async function judgePersons(
  rows: readonly Judging[],
  scene: Scene,
  permits: Permits,
): Promise<PersonsPlan> {
  const of = (list: ListKind) => rows.filter(({ row }) => row.sheet.list === list)
  await placeClasses(of('classes'), scene)
  await placePeople(of('people'), scene)
  const plan: PersonsPlan = { persons: [], officers: [], consents: [], requests: [] }
  const reach = scene.gate.reachOf('persons')
  if (reach !== null) await judgeStatements(plan, reach, scene, permits)
  return plan
}

/**
 * Matches the people of the lists with known people, finds what the lists add, and asks a question where the match is
 * uncertain.
 */
async function judgeStatements(
  plan: PersonsPlan,
  reach: Reach,
  scene: Scene,
  permits: Permits,
): Promise<void> {
  const named = scene.statements.filter(({ judging }) => judging.open)
  const officers = await officersByName(named, reach, scene.db)
  const stated = named.filter((statement) => officers.get(statement) !== 'elsewhere')
  const matches = await recognise(stated, officers, reach, scene)
  await withholdTried(stated, matches, { ...scene, reach })
  for (const statement of stated) askWhoItIs(statement, matches.get(statement), scene)
  const open = stated.filter(({ judging }) => judging.open)
  const groups = await groupsOf(open, (statement) => {
    const match = matches.get(statement)
    return match?.found === 'one' ? { found: 'one', personId: match.personId } : { found: 'none' }
  })
  refuseTwoNames(open)
  const known = groups.all.flatMap(({ personId }) => personId ?? [])
  const identifiable = await permits.identifiable(scene.db, reach, known)
  await inTurns(groups.all, (group) => judgeGroup(group, matches, { plan, identifiable }))
  await forgetKnownConsents(plan, scene)
  await remarkUnconsented(groups.all, scene)
}

function topicOfStatement({ judging, as }: Statement, { topicOf }: Scene): string {
  return topicOf(`row ${judging.row.ordinal} ${as}`)
}

/** Matches all people in one call. An answer of a user comes first: this person, a new one, or skip the row. */
async function recognise(
  stated: readonly Statement[],
  officers: ReadonlyMap<Statement, string>,
  reach: Reach,
  scene: Scene,
): Promise<Matches> {
  const matches: Matches = new Map()
  const sought: { statement: Statement; candidate: PersonCandidate }[] = []
  const decides = scene.answered('person').length > 0
  await inTurns(stated, (statement) => {
    const answer = decides ? scene.answers('person', topicOfStatement(statement, scene)) : undefined
    if (answer?.answer === 'skip') statement.judging.skipped = true
    else if (answer?.answer === 'create') matches.set(statement, { found: 'none' })
    else {
      const officer = officers.get(statement)
      sought.push({ statement, candidate: candidateOf(statement, answer?.id ?? officer) })
    }
  })
  const found = await matchPersons(
    scene.db,
    scene.keys,
    reach,
    sought.map(({ candidate }) => candidate),
  )
  for (const [at, match] of found.entries())
    matches.set((sought[at] as { statement: Statement }).statement, match)
  return matches
}

function candidateOf(
  { input, unit, office, memberships: stated }: Statement,
  id: string | undefined,
): PersonCandidate {
  return {
    ...input,
    ...(id === undefined ? {} : { id }),
    officerId: office?.holder ?? null,
    unitId: unit !== null && !isNew(unit) ? unit : null,
    memberships: stated.filter(({ team }) => !isNew(team)).map(({ team, role }) => ({ teamId: team, role })),
  }
}

function askWhoItIs(statement: Statement, match: PersonMatch | undefined, scene: Scene): void {
  if (match?.found !== 'unsure' || !statement.judging.open) return
  scene.questions.ask(statement.judging, {
    kind: 'person',
    topic: topicOfStatement(statement, scene),
    name: statement.input.name,
    within: statement.unit === null ? null : scene.book.nameOf(statement.unit),
    // An identity number belongs to one person: with another name, one of the two lists is wrong.
    mayCreate: match.because !== 'other_name',
    propose: () => describe(match.personIds, match.because, scene),
  })
}

/** One identity number with two names within the files: one of the two rows is wrong. */
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

/** Judges the rows of one person in order; values not in earlier rows or in the database go into the plan. */
function judgeGroup(
  group: Group,
  matches: Matches,
  { plan, identifiable }: { plan: PersonsPlan; identifiable: ReadonlySet<string> },
): void {
  // Identifying data of a person whom other offices are also responsible for is not changed.
  const known = knownOf(group, matches)
  const kept = known && !identifiable.has(known.personId) ? known : undefined
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
    const said = addsTo(statement, group, more, matches.get(statement))
    const adds = kept ? said.filter((field) => !identifyingFields.has(field)) : said
    if (adds.length < said.length) judging.remarks.push('person.kept')
    if (adds.length > 0) written = true
    if (statement.as === 'self') judgeSelf(statement, group, { more, adds, earlier: self })
    else if (adds.length > 0) judging.raise(statement.as)
    if (statement.as === 'self') self ??= statement
    judging.contributed = true
    taken.push(statement)
  }
  if (taken.length === 0) return
  if (written || group.personId === null) plan.persons.push(plannedOf(group, known, kept))
  if (kept) plan.requests.push(...requestsOf(group, kept))
  for (const statement of taken) settle(statement, group.ref, plan)
}

/** Adds to the plan the consent and the office that the row states. */
function settle({ judging, as, office, consent }: Statement, person: Ref, plan: PersonsPlan): void {
  if (consent !== undefined) plan.consents.push({ person, ...consent, by: judging })
  if (!office || office.holder === person) return
  plan.officers.push({ of: office.of, ref: office.ref, name: office.name, as: office.as, person })
  judging.raise(as)
}

/** The fields a statement adds: for a known person, what differs; for a new one, what earlier rows do not say. */
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

type Known = Extract<PersonMatch, { found: 'one' }>

/** The match of the group with its known person: the stored name, and the fields that differ. */
function knownOf({ members }: Group, matches: Matches): Known | undefined {
  for (const member of members) {
    const match = matches.get(member)
    if (match?.found === 'one') return match
  }
  return undefined
}

/** The requests for new identifying data; an office that is responsible for all of the person decides about them. */
function requestsOf(group: Group, { personId, differs }: Known): ListedRequest[] {
  const says = (field: Known['differs'][number]) => differs.includes(field)
  const { identityNumber, birthDate } = group.columns
  const wanted = {
    ...(says('name') && { name: group.name }),
    ...(says('birthDate') && birthDate !== undefined && { birthDate }),
    ...(says('identityNumber') && identityNumber !== undefined && { identityNumber }),
  }
  const contacts = says('contacts') ? [...group.contacts.values()] : []
  return [
    ...(Object.keys(wanted).length > 0 ? [{ personId, wanted }] : []),
    ...contacts.map((contact) => ({ personId, wanted: { contact } })),
  ]
}

/** @param kept the match with a person whose identifying data is not changed */
function plannedOf(group: Group, known: Known | undefined, kept: Known | undefined): PlannedPerson {
  const { skills, memberships: joined } = group
  const { identityNumber, birthDate, ...others } = group.columns
  return {
    ref: group.ref,
    ...(known ? { version: known.version } : {}),
    input: {
      ...(group.personId === null ? {} : { id: group.personId }),
      name: kept ? kept.name : group.name,
      ...others,
      ...(kept ? {} : { identityNumber, birthDate }),
      contacts: kept ? [] : [...group.contacts.values()],
      skills: [...skills],
    } as PlannedPerson['input'],
    memberships: [...joined].map(([team, role]) => ({ team, role })),
  }
}

/**
 * Removes from the plan the consents and refusals that are repeated or already recorded; the rows of the others become
 * updates.
 */
async function forgetKnownConsents(plan: PersonsPlan, { db, keys }: Scene): Promise<void> {
  const known = new Set<string>()
  const ids = [...new Set(plan.consents.map(({ person }) => person))].filter((person) => !isNew(person))
  await inChunks(ids, 500, async (some) => {
    const rows = await db
      .select({
        id: guardianConsents.id,
        personId: guardianConsents.personId,
        guardianName: guardianConsents.guardianName,
        says: guardianConsents.says,
      })
      .from(guardianConsents)
      .where(and(among(guardianConsents.personId, some), isNull(guardianConsents.withdrawnAt)))
    for (const row of rows) known.add(`${row.personId} ${openGuardian(keys, row)} ${row.says}`)
  })
  const consents = new Map(
    plan.consents.map((consent) => [`${consent.person} ${consent.guardianName} ${consent.says}`, consent]),
  )
  plan.consents = [...consents].filter(([key]) => !known.has(key)).map(([, consent]) => consent)
  for (const { by } of plan.consents) if (by.outcome !== 'new') by.raise('guardianConsent')
}
