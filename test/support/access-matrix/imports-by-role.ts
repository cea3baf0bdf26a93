/** One list that names units, teams and people at every position, imported by each role that may import. */
import { and, eq, isNull } from 'drizzle-orm'
import { roles } from '#modules/accounts/roles.ts'
import { memberships, persons, units } from '#modules/organisation/schema.ts'
import { type RoleOver, startApp, type TestApp } from '#test/support/app.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { aCsv, committing, importing } from '#test/support/factories/spreadsheets.ts'
import { covered, type Standing, standings } from './referee.ts'

/** Who may import; the others are refused by the operation itself. */
export const importers = standings.filter(
  ({ role }) => role !== null && roles[role].permissions.includes('imports.run'),
)

const places = ['own', 'sibling', 'other'] as const
type Place = (typeof places)[number]

interface Listed {
  unit: string
  unitName: string
  team: string
  teamName: string
  /** Known by name and phone, and by name and identity number. */
  phoned: string
  identified: string
  /** Somebody of this name is on the list only. */
  newcomer: string
}

const district: Record<Place, string> = { own: '210502', sibling: '210502', other: '210503' }

/** A valid identity number, the `at`-th. */
function identityNumber(at: number): string {
  const body = `21050219800101${String(at).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((all, weight, index) => all + weight * Number(body[index]), 0)
  return `${body}${'10X98765432'[sum % 11]}`
}

const phone = (at: number) => `154000010${String(at).padStart(2, '0')}`

async function listedAt(app: TestApp, place: Place, parentId: string | null): Promise<Listed> {
  const at = places.indexOf(place)
  const [unitName, teamName] = [`${place}单位`, `${place}队`]
  const { id: unit } = await aUnit(app.db, { name: unitName, parentId, districtCode: district[place] })
  const { id: team } = await aTeam(app.db, { unitId: unit, name: teamName })
  const phoned = await aPerson(app, { name: `有号${'甲乙丙'[at]}`, phone: phone(at), teamId: team })
  const identified = await aPerson(app, {
    name: `有证${'甲乙丙'[at]}`,
    identityNumber: identityNumber(at),
    teamId: team,
  })
  const newcomer = `新人${'甲乙丙'[at]}`
  return { unit, unitName, team, teamName, phoned: phoned.id, identified: identified.id, newcomer }
}

/** The people of every place are to join the own team; each place gets somebody new; each unit gets a system. */
function listsOf(city: Record<Place, Listed>) {
  const { unitName, teamName } = city.own
  const people = places.flatMap((place, at) => [
    `${city[place].newcomer},,,${city[place].unitName},${city[place].teamName}`,
    `有号${'甲乙丙'[at]},${phone(at)},,${unitName},${teamName}`,
    `错名${'甲乙丙'[at]},,${identityNumber(at)},${unitName},${teamName}`,
  ])
  const register = places.map((place) => `${city[place].unitName},教育系统`)
  return [
    aCsv(`姓名,手机号,身份证号,单位,志愿服务队\n${people.join('\n')}\n`, '名单.csv'),
    aCsv(`单位,所属系统\n${register.join('\n')}\n`, '单位.csv'),
  ]
}

/** What became of the list, in sentences; each is true or not. */
async function factsOf({ db }: TestApp, city: Record<Place, Listed>): Promise<Map<string, boolean>> {
  const facts = new Map<string, boolean>()
  const inTeam = async (teamId: string, of: { name?: string; id?: string }) => {
    const rows = await db.read
      .select({ id: persons.id })
      .from(memberships)
      .innerJoin(persons, eq(persons.id, memberships.personId))
      .where(
        and(
          eq(memberships.teamId, teamId),
          isNull(memberships.leftAt),
          of.name ? eq(persons.name, of.name) : undefined,
          of.id ? eq(persons.id, of.id) : undefined,
        ),
      )
    return rows.length > 0
  }
  for (const place of places) {
    const { unit, team, newcomer, phoned, identified } = city[place]
    facts.set(`${place}: somebody new is in the team`, await inTeam(team, { name: newcomer }))
    const [row] = await db.read.select().from(units).where(eq(units.id, unit))
    facts.set(`${place}: the register changed the unit`, row?.system === '教育系统')
    if (place === 'own') continue
    facts.set(`${place}: whom a phone names joined the own team`, await inTeam(city.own.team, { id: phoned }))
    const [known] = await db.read.select().from(persons).where(eq(persons.id, identified))
    facts.set(`${place}: whom an identity number names under another name was touched`, known?.version !== 1)
  }
  return facts
}

/** What must become of it: what is within reach is written, the register by whoever may edit units. */
function expectedFacts({ role, ...standing }: Standing): Map<string, boolean> {
  const edits = role !== null && roles[role].permissions.includes('units.edit')
  return new Map(
    places.flatMap((place): [string, boolean][] => {
      const reached = covered({ role, ...standing }, 'team', place)
      return [
        [`${place}: somebody new is in the team`, reached],
        [`${place}: the register changed the unit`, reached && edits],
        ...(place === 'own'
          ? []
          : ([
              [`${place}: whom a phone names joined the own team`, reached],
              // A contradiction is a question, also within reach.
              [`${place}: whom an identity number names under another name was touched`, false],
            ] as [string, boolean][])),
      ]
    }),
  )
}

/** Imports the list as somebody; the sentences that turned out otherwise than they must. */
export async function wrongAfterImport(standing: Standing): Promise<string[]> {
  await using app = await startApp()
  const { id: bureau } = await aUnit(app.db, { name: '市局', districtCode: '210502' })
  const city = {
    own: await listedAt(app, 'own', bureau),
    sibling: await listedAt(app, 'sibling', bureau),
    other: await listedAt(app, 'other', null),
  }
  const scopes = {
    everything: {},
    unit: { unitId: city.own.unit },
    district: { districtCode: district.own },
    team: { teamId: city.own.team },
  }
  const by = await app.signIn({ role: standing.role, ...scopes[standing.over] } as RoleOver)
  const judged = await importing(app, listsOf(city), by)
  await committing(app, judged.id, by)
  const facts = await factsOf(app, city)
  return [...expectedFacts(standing)].filter(([fact, must]) => facts.get(fact) !== must).map(([fact]) => fact)
}
