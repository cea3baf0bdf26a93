import type { Words } from './index.ts'

export const workspaceEn: Words['workspace'] = {
  steps: 'Steps of the event',
  copy: 'Copy as a new event',
  copyLead: (shifts) =>
    `A draft like this event is made, with its shifts (${shifts}) at the same hours of the day. People in charge, quotas and places are not copied.`,
  copyName: 'Name of the new event',
  copyStart: 'The new event starts',
  copied: (shifts, leftOut) =>
    leftOut > 0
      ? `Copied as a draft, shifts: ${shifts}; left out because their zone is closed: ${leftOut}.`
      : `Copied as a draft, shifts: ${shifts}.`,
}
