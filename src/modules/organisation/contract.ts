import Type, { type Static } from 'typebox'
import { Body, Day, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { ContactInput, ContactView } from './contacts/contract.ts'
import { DistrictCode, Latitude, Longitude, line, Named, nullable, oneOf } from './vocabulary.ts'
import {
  ageBands,
  ageKinds,
  consentStands,
  contactKinds,
  memberRoles,
  numberStands,
  relations,
  sexes,
  teamKinds,
  unitKinds,
} from './words.ts'

const Heads = Type.Integer({ minimum: 0, maximum: 100_000 })
const search = {
  search: Type.Optional(
    Type.String({ maxLength: 60, description: '名称、拼音或首字母 · name, pinyin or initials' }),
  ),
}
const closed = {
  closed: Type.Optional(
    Type.Boolean({ default: false, description: 'Those that were closed instead of the open ones' }),
  ),
}

// Units · 单位

export const UnitView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    name: Type.String(),
    kind: oneOf(unitKinds),
    parent: nullable(Named),
    districtCode: nullable(Type.String()),
    system: nullable(Type.String()),
    honourTitle: nullable(Type.String()),
    staffCount: nullable(Type.Integer()),
    liaison: nullable(Named),
    leader: nullable(Named),
    aliases: Type.Array(Type.Object({ id: Id, alias: Type.String() })),
    openTeams: Type.Integer(),
    openUnits: Type.Integer({ description: '直属下级单位数 · open units that report to it, within reach' }),
    createdAt: Instant,
    closedAt: nullable(Instant),
  },
  { $id: 'Unit' },
)
export type UnitView = Static<typeof UnitView>
export const UnitPage = Page(UnitView)

const unitFields = {
  parentId: nullable(Id),
  districtCode: nullable(DistrictCode),
  system: nullable(line(60)),
  honourTitle: nullable(line(60)),
  staffCount: nullable(Heads),
  liaisonPersonId: nullable(Id),
  leaderPersonId: nullable(Id),
}
export const UnitCreation = Body({
  name: line(100),
  kind: oneOf(unitKinds),
  ...Type.Partial(Type.Object(unitFields)).properties,
})
export const UnitChange = Body({
  ...Type.Partial(Type.Object({ name: line(100), kind: oneOf(unitKinds), ...unitFields })).properties,
})
export const UnitFilterQuery = Type.Object({
  ...search,
  ...closed,
  kind: Type.Optional(oneOf(unitKinds)),
  districtCode: Type.Optional(DistrictCode),
  parentId: Type.Optional(Id),
  top: Type.Optional(
    Type.Boolean({
      default: false,
      description: '仅管理范围内最上级的单位 · Only those that report to no unit within reach',
    }),
  ),
  under: Type.Optional(Type.String({ format: 'uuid', description: 'This unit and all below it' })),
})
export const UnitQuery = Type.Object({ ...PageQuery.properties, ...UnitFilterQuery.properties })
export const AliasCreation = Body({ alias: line(100) })

// Teams and classes · 志愿服务队, 班级

export const TeamView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    name: Type.String(),
    kind: oneOf(teamKinds),
    unit: nullable(Named),
    leader: nullable(Named),
    base: nullable(Type.Object({ latitude: Type.Number(), longitude: Type.Number() })),
    whole: Type.Boolean(),
    statedHeads: nullable(Type.Integer()),
    statedMinors: nullable(Type.Integer()),
    members: Type.Integer({ description: 'People named in it and not left' }),
    createdAt: Instant,
    closedAt: nullable(Instant),
  },
  { $id: 'Team' },
)
export type TeamView = Static<typeof TeamView>
export const TeamPage = Page(TeamView)

const teamFields = {
  leaderPersonId: nullable(Id),
  base: nullable(Type.Object({ latitude: Latitude, longitude: Longitude }, { additionalProperties: false })),
  whole: Type.Boolean(),
  statedHeads: nullable(Heads),
  statedMinors: nullable(Heads),
}
export const TeamCreation = Body({
  name: line(100),
  kind: Type.Optional(oneOf(teamKinds)),
  unitId: Type.Optional(nullable(Id)),
  ...Type.Partial(Type.Object(teamFields)).properties,
})
export const TeamChange = Body({
  ...Type.Partial(Type.Object({ name: line(100), unitId: nullable(Id), ...teamFields })).properties,
})
export const TeamQuery = Type.Object({
  ...PageQuery.properties,
  ...search,
  ...closed,
  kind: Type.Optional(oneOf(teamKinds)),
  unitId: Type.Optional(Id),
  districtCode: Type.Optional(DistrictCode),
})

// Persons · 人员

export const MembershipView = Type.Object({
  id: Id,
  team: Named,
  unit: nullable(Named),
  role: oneOf(memberRoles),
  joinedAt: Instant,
})
export const PersonView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    name: Type.String(),
    sex: nullable(oneOf(sexes)),
    ageBand: oneOf(ageBands),
    minor: Type.Boolean({ description: 'Unknown age counts as minor for a pupil' }),
    birthDate: nullable(
      Type.String({
        description:
          'YYYY-MM-DD, or YYYY-MM or YYYY when no more is known. Null when unknown, for minors, and where there is an identity number: see revelations',
        examples: ['1980-05-01'],
      }),
    ),
    identityNumber: nullable(Type.String({ description: 'Masked', examples: ['210***********1234'] })),
    residence: nullable(Type.String({ description: 'Null for minors, too: see revelations' })),
    serviceCategory: nullable(Type.String()),
    volunteerNumber: Type.String(),
    skills: Type.Array(Type.String()),
    contacts: Type.Array(ContactView),
    memberships: Type.Array(MembershipView),
    mergedIntoId: nullable(Id),
    createdAt: Instant,
  },
  { $id: 'Person' },
)
export type PersonView = Static<typeof PersonView>
export const PersonPage = Page(PersonView)

/** A birth date as far as it is known; ages are counted from its last day. */
export const BirthDate = Type.Union(
  [Day, Type.String({ pattern: '^(18[89]|19\\d|20\\d)\\d(-(0[1-9]|1[0-2]))?$' })],
  { description: 'YYYY-MM-DD; YYYY-MM or YYYY when the day is unknown' },
)
const personFields = {
  sex: nullable(oneOf(sexes)),
  birthDate: nullable(BirthDate),
  identityNumber: nullable(Type.String({ maxLength: 40 })),
  residence: nullable(line(200)),
  serviceCategory: nullable(line(60)),
  skills: Type.Array(line(40), { maxItems: 40 }),
}
export const PersonCreation = Body({
  name: line(60),
  ...Type.Partial(Type.Object(personFields)).properties,
  contacts: Type.Optional(Type.Array(ContactInput, { maxItems: 10 })),
  memberships: Type.Array(
    Type.Object({ teamId: Id, role: Type.Optional(oneOf(memberRoles)) }, { additionalProperties: false }),
    { minItems: 1, maxItems: 20, description: 'Everybody is known through a team' },
  ),
  evenIfKnown: Type.Optional(
    Type.Boolean({
      description: 'Enter them although somebody like them is known: see problem person.known',
    }),
  ),
})
export const PersonChange = Body({
  ...Type.Partial(Type.Object({ name: line(60), ...personFields })).properties,
})
export const PersonFilterQuery = Type.Object({
  search: Type.Optional(
    Type.String({
      maxLength: 60,
      description:
        '姓名、拼音、首字母、志愿者编号或手机后四位 · name, pinyin, initials, volunteer number or last four digits',
    }),
  ),
  teamId: Type.Optional(Id),
  unitId: Type.Optional(Id),
  role: Type.Optional(oneOf(memberRoles)),
  skill: Type.Optional(line(40)),
  age: Type.Optional(oneOf(ageKinds)),
  number: Type.Optional(oneOf(numberStands)),
  consent: Type.Optional(oneOf(consentStands)),
})
export const PersonCount = Type.Object({
  count: Type.Integer({ minimum: 0, description: '最多数到10000 · counted up to 10,000' }),
  more: Type.Boolean({ description: '还有更多 · there are more' }),
})
export const PersonQuery = Type.Object({ ...PageQuery.properties, ...PersonFilterQuery.properties })

/** A full number never stands in a URL, because logs and browser histories keep URLs; so it is sent in a body. */
export const LookUp = Body({ number: Type.String({ minLength: 4, maxLength: 254 }) })
export const MembershipChange = Body({ role: oneOf(memberRoles) })

/** All values in clear. Recorded in the audit trail; of a minor only under a second person's approval. */
export const Revelation = Type.Object(
  {
    personId: Id,
    name: Type.String(),
    birthDate: nullable(Type.String()),
    residence: nullable(Type.String()),
    identityNumber: nullable(Type.String()),
    contacts: Type.Array(
      Type.Object({
        id: Id,
        kind: oneOf(contactKinds),
        relation: oneOf(relations),
        ownerName: nullable(Type.String()),
        value: Type.String(),
      }),
    ),
  },
  { $id: 'Revelation' },
)
