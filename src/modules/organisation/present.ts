import type { KeyRing } from '#platform/crypto/index.ts'
import { maskEmail, maskIdentity, maskPhone } from '#platform/crypto/index.ts'
import { isoOf } from '#platform/time.ts'
import { ageBandOn, isMinorOn } from './ages.ts'
import type { MergeView, PersonView, TeamView, UnitView } from './contract.ts'
import type {
  contacts,
  guardianConsents,
  memberships,
  merges,
  personContacts,
  persons,
  teams,
  units,
} from './schema.ts'
import { openContact, openIdentity } from './sealed.ts'
import type { ContactKind } from './words.ts'

type Named = { id: string; name: string }

function isoOrNull(at: Parameters<typeof isoOf>[0] | null): string | null {
  return at && isoOf(at)
}

export interface UnitParts {
  unit: typeof units.$inferSelect
  parent: Named | null
  liaison: Named | null
  leader: Named | null
  aliases: { id: string; alias: string }[]
  openTeams: number
}

export function presentUnit({ unit, ...parts }: UnitParts): UnitView {
  const { id, version, name, kind, districtCode, system, honourTitle, staffCount } = unit
  return {
    ...{ id, version, name, kind, districtCode, system, honourTitle, staffCount },
    ...parts,
    createdAt: isoOf(unit.createdAt),
    closedAt: isoOrNull(unit.closedAt),
  }
}

export interface TeamParts {
  team: typeof teams.$inferSelect
  unit: Named | null
  leader: Named | null
  members: number
}

export function presentTeam({ team, ...parts }: TeamParts): TeamView {
  const { id, version, name, kind, whole, statedHeads, statedMinors, baseLatitude, baseLongitude } = team
  const based = baseLatitude !== null && baseLongitude !== null
  return {
    ...{ id, version, name, kind, whole, statedHeads, statedMinors },
    ...parts,
    base: based ? { latitude: baseLatitude, longitude: baseLongitude } : null,
    createdAt: isoOf(team.createdAt),
    closedAt: isoOrNull(team.closedAt),
  }
}

/** A number or address as anybody may see it. */
export function masked(kind: ContactKind, value: string): string {
  return kind === 'phone' ? maskPhone(value) : maskEmail(value)
}

export interface PersonParts {
  person: typeof persons.$inferSelect
  skills: string[]
  contacts: {
    contact: typeof contacts.$inferSelect
    link: typeof personContacts.$inferSelect
    shared: number
  }[]
  memberships: { membership: typeof memberships.$inferSelect; team: Named; unit: Named | null }[]
}

/**
 * A person as staff see them: numbers masked, and of a minor no birth date.
 * @param today the day ages are counted on
 */
export function presentPerson(keys: KeyRing, today: string, parts: PersonParts): PersonView {
  const { person } = parts
  const {
    id,
    version,
    name,
    sex,
    residence,
    serviceCategory,
    volunteerNumber,
    mergedIntoId,
    identityNumber,
  } = person
  const minor = isMinorOn(
    person.birthDate,
    parts.memberships.map(({ membership }) => membership.role),
    today,
  )
  return {
    ...{ id, version, name, sex, residence, serviceCategory, volunteerNumber, mergedIntoId, minor },
    ageBand: ageBandOn(person.birthDate, today),
    birthDate: minor ? null : person.birthDate,
    identityNumber: identityNumber && maskIdentity(openIdentity(keys, { id, identityNumber })),
    skills: parts.skills,
    contacts: parts.contacts.map(({ contact, link, shared }) => ({
      id: contact.id,
      kind: contact.kind,
      masked: masked(contact.kind, openContact(keys, contact)),
      relation: link.relation,
      ownerName: link.ownerName,
      shared,
      invalidAt: isoOrNull(contact.invalidAt),
      optedOutAt: isoOrNull(contact.optedOutAt),
    })),
    memberships: parts.memberships.map(({ membership, team, unit }) => ({
      ...{ id: membership.id, role: membership.role, team, unit },
      joinedAt: isoOf(membership.joinedAt),
    })),
    createdAt: isoOf(person.createdAt),
  }
}

export function presentConsent(row: typeof guardianConsents.$inferSelect) {
  const { id, guardianName, via, scope } = row
  return {
    id,
    guardianName,
    via,
    scope,
    givenAt: isoOf(row.givenAt),
    withdrawnAt: isoOrNull(row.withdrawnAt),
  }
}

export function presentMerge(row: typeof merges.$inferSelect): MergeView {
  const { id, keptId, mergedId } = row
  return { id, keptId, mergedId, mergedAt: isoOf(row.mergedAt), undoneAt: isoOrNull(row.undoneAt) }
}
