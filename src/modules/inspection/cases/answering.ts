import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { districtOfficesOf } from '#modules/command/index.ts'
import { districtHolds, pathBelow } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Today, unitsOfZone } from '../rounds/concerns.ts'
import { points } from '../schema.ts'
import { unitsOfStandards } from '../schemes/standard-queries.ts'
import type { AnsweringStep } from '../words.ts'

/** What was found, and where. */
export interface Finding {
  standardId: string
  /** Empty: of the city alone. */
  districtCode: string
  pointId: string | null
  zoneId: string
}

/** Who answers for a finding, and the step that decided it; nobody: null. */
export interface Answering {
  unitId: string | null
  step: AnsweringStep | null
  supporting: string[]
}

type Entry = NonNullable<Awaited<ReturnType<typeof matrixOf>>>[number]

async function matrixOf(db: Reader, standardId: string) {
  return (await unitsOfStandards(db, [standardId])).get(standardId) ?? []
}

/**
 * Five steps, and the first that names an open unit decides: who leads the standard in the district; the branch there of who
 * leads it in the city; whose point it is; who answers for the zone; the office of the district.
 */
export async function answeringFor(db: Reader, finding: Finding, today: Today): Promise<Answering> {
  const { districtCode, pointId, zoneId } = finding
  const matrix = (await matrixOf(db, finding.standardId)).filter(({ closedAt }) => closedAt === null)
  const here = matrix.filter((entry) => isHere(entry, districtCode))
  const helping = here.filter(({ role }) => role === 'support').map(({ unit }) => unit.id)
  const decided = (unitId: string, step: AnsweringStep, more: readonly string[] = []): Answering => ({
    ...{ unitId, step },
    supporting: [...new Set([...helping, ...more])].filter((id) => id !== unitId),
  })
  const leads = here.filter(({ role }) => role === 'lead')
  const ofDistrict = leads.find((entry) => entry.districtCode !== '')
  if (ofDistrict) return decided(ofDistrict.unit.id, 'district_lead')
  const ofCity = leads[0]
  const branch = ofCity && (await branchOf(db, ofCity, districtCode))
  if (branch) return decided(branch, 'city_lead_branch')
  const owner = pointId && (await ownerOf(db, pointId))
  if (owner) return decided(owner, 'point_unit')
  const answering = (await unitsOfZone(db, zoneId, today)).filter(({ closedAt }) => closedAt === null)
  const [first, ...others] = answering.map(({ id }) => id)
  if (first) return decided(first, 'zone_unit', others)
  const offices = districtCode ? await districtOfficesOf(db, [districtCode]) : new Map()
  const [office] = (offices.get(districtCode) ?? []) as readonly string[]
  if (office) return decided(office, 'district_office')
  return { unitId: null, step: null, supporting: helping }
}

const isHere = ({ districtCode: of }: Entry, districtCode: string) =>
  of === '' || (districtCode !== '' && districtHolds(of, districtCode))

/** The unit below the lead that stands in the district, the nearest to it; the lead itself if it stands there. */
async function branchOf(db: Reader, { path, unit }: Entry, districtCode: string): Promise<string | null> {
  if (districtCode === '') return unit.id
  const below = await db
    .select({ id: units.id, path: units.path, districtCode: units.districtCode })
    .from(units)
    .where(and(pathBelow(units.path, path), isNull(units.closedAt)))
    .orderBy(asc(units.id))
  const there = below.filter((each) => each.districtCode && districtHolds(districtCode, each.districtCode))
  return there.sort((a, b) => a.path.length - b.path.length)[0]?.id ?? null
}

async function ownerOf(db: Reader, pointId: string): Promise<string | null> {
  const [owner] = await db
    .select({ id: units.id })
    .from(points)
    .innerJoin(units, eq(units.id, points.unitId))
    .where(and(eq(points.id, pointId), isNull(units.closedAt)))
  return owner?.id ?? null
}

/** Which of some units are open. */
export async function openAmong(db: Reader, unitIds: readonly string[]): Promise<ReadonlySet<string>> {
  const open = await db
    .select({ id: units.id })
    .from(units)
    .where(and(inArray(units.id, [...unitIds]), isNull(units.closedAt)))
  return new Set(open.map(({ id }) => id))
}
