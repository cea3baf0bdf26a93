import Type from 'typebox'
import { Body, Id } from '#platform/http/schemas.ts'

export const LeadershipBody = Body({ personId: Id }, { $id: 'LeadershipBody' })
export const LeadershipView = Type.Object(
  { teamId: Id, leaderPersonId: Id, version: Type.Integer() },
  { $id: 'LeadershipView' },
)
