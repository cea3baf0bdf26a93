import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import { maskEmail, maskIdentity, maskName, maskPhone } from '#platform/crypto/index.ts'
import { isoOf } from '#platform/time.ts'
import { ageBandOn, bornOn, everRoles, isMinorOn } from './ages.ts'
import type { PersonView, TeamView, UnitView } from './contract.ts'
import type { MergeView } from './merging/contract.ts'
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
import { openContact, openGuardian, openIdentity, openOwner, openParticulars } from './sealed.ts'
import type { ContactKind, ContactMark } from './words.ts'

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
  openUnits: number
}

/** A unit as the API shows it. */
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

/** A team as the API shows it; `base` is null unless both coordinates are known. */
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

/** A phone number or e-mail address with its middle masked. */
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
    /** The marks that hold for this person only. */
    marks: Partial<Record<ContactMark, DateTime>>
  }[]
  memberships: { membership: typeof memberships.$inferSelect; team: Named; unit: Named | null }[]
}

/**
 * A person as staff see them. Numbers are masked; the birth date is hidden for minors and next to an identity number. Of
 * a minor the residence is hidden, too, and guardians are named masked: these are shown under an approval only.
 * @param today the day for which ages are computed
 */
export function presentPerson(keys: KeyRing, today: string, parts: PersonParts): PersonView {
  const { person } = parts
  const { id, version, name, sex, serviceCategory, volunteerNumber, mergedIntoId, identityNumber } = person
  const { birthDate, residence } = openParticulars(keys, person)
  const birth = bornOn(birthDate)
  const minor = isMinorOn(
    birth,
    everRoles(
      parts.memberships.map(({ membership }) => membership.role),
      person,
    ),
    today,
  )
  return {
    ...{ id, version, name, sex, serviceCategory, volunteerNumber, mergedIntoId, minor },
    residence: minor ? null : residence,
    ageBand: ageBandOn(birth, today),
    // The birth date is most of an identity number, so it must not be shown next to a masked one.
    birthDate: minor || identityNumber ? null : birthDate,
    identityNumber: identityNumber && maskIdentity(openIdentity(keys, { id, identityNumber })),
    skills: parts.skills,
    contacts: parts.contacts.map(({ contact, link, shared, marks }) => ({
      id: contact.id,
      kind: contact.kind,
      masked: masked(contact.kind, openContact(keys, contact)),
      relation: link.relation,
      ownerName: ownerShown(openOwner(keys, link), minor),
      shared,
      invalidAt: isoOrNull(contact.invalidAt ?? marks.invalid ?? null),
      optedOutAt: isoOrNull(contact.optedOutAt ?? marks.opted_out ?? null),
    })),
    memberships: parts.memberships.map(({ membership, team, unit }) => ({
      ...{ id: membership.id, role: membership.role, team, unit },
      joinedAt: isoOf(membership.joinedAt),
    })),
    createdAt: isoOf(person.createdAt),
  }
}

function ownerShown(name: string | null, minor: boolean): string | null {
  return name !== null && minor ? maskName(name) : name
}

/** A guardian’s consent or refusal as the API shows it; the guardian is named masked. */
export function presentConsent(keys: KeyRing, row: typeof guardianConsents.$inferSelect) {
  const { id, says, eventId, validUntil, via, scope } = row
  return {
    ...{ id, says, guardianName: maskName(openGuardian(keys, row)), eventId, validUntil, via, scope },
    recordedByUserId: row.recordedBy,
    givenAt: isoOf(row.givenAt),
    withdrawnAt: isoOrNull(row.withdrawnAt),
  }
}

/** A merge of two records as the API shows it; `undoneAt` is null until it is undone. */
export function presentMerge(row: typeof merges.$inferSelect): MergeView {
  const { id, keptId, mergedId } = row
  return { id, keptId, mergedId, mergedAt: isoOf(row.mergedAt), undoneAt: isoOrNull(row.undoneAt) }
}
