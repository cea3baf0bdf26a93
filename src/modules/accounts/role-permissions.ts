/** Permissions that several roles have together, by what they do. */
export const looking = [
  'units.read',
  'teams.read',
  'grid.read',
  'events.read',
  'reports.read',
  'schemes.read',
  'rounds.read',
  'cases.read',
  'rankings.read',
] as const
export const mobilizing = [
  'mobilization.read',
  'mobilization.edit',
  'quotas.edit',
  'sign_ups.edit',
  'answers.record',
  'plans.read',
  'messages.read',
  'messages.send',
  'attendance.read',
  'attendance.record',
] as const
export const keepingPeople = ['persons.read', 'persons.edit', 'teams.edit', 'imports.run'] as const
export const owing = ['tasks.read', 'tasks.report', 'tasks.check'] as const
export const running = [
  'schemes.edit',
  'points.edit',
  'rounds.run',
  'grid.edit',
  'responsibilities.edit',
  'events.edit',
  'events.publish',
  'plans.run',
  'plans.apply',
  'reports.snapshot',
  'units.edit',
  'persons.reveal',
] as const
