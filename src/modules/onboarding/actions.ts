/** What the audit trail says of what is done here, after whoever did it. */
export const onboardingActions = {
  'team.handed_over': { zh: '移交队伍', en: 'handed a team over' },
}
