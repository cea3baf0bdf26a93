import Type, { type Static } from 'typebox'

const Count = Type.Integer({ minimum: 0 })
export const OrganisationFigures = Type.Object(
  {
    units: Type.Integer({ minimum: 0, description: 'Open units, schools not among them' }),
    teams: Count,
    volunteers: Type.Integer({ minimum: 0, description: '人数 · different people in teams' }),
    unnamedVolunteers: Type.Integer({ minimum: 0, description: 'Heads stated by teams beyond those named' }),
    schools: Count,
    classes: Count,
    teachersAndPupils: Type.Integer({ minimum: 0, description: '人数 · different people in classes' }),
    unnamedTeachersAndPupils: Type.Integer({
      minimum: 0,
      description: 'Heads stated by classes beyond those named',
    }),
    unitsByKind: Type.Record(Type.String(), Count),
  },
  { $id: 'OrganisationFigures' },
)
export type OrganisationFigures = Static<typeof OrganisationFigures>
