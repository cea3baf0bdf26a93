/** What the audit trail says of what is done here, after whoever did it. */
export const jobsActions = {
  'job.revived': { zh: '重试后台任务', en: 'gave a dead job another chance' },
}
