import type { SystemWords } from './system-zh.ts'

const jobs = (count: number) => `${count} ${count === 1 ? 'job' : 'jobs'}`

export const systemEn: SystemWords = {
  system: 'Health',
  systemQuestion: 'Does the service work, and what has to be done?',
  ready: 'The service works.',
  notReady: 'The service cannot work properly now. Below is what to do.',
  checks: 'Checks',
  check: 'What',
  state: 'State',
  todo: 'What to do',
  good: 'Good',
  bad: 'Wrong',
  checkNames: {
    database: 'Database',
    migrations: 'Structure of the database',
    disk: 'Disk',
  },
  checkGood: {
    database: 'What is written is kept',
    migrations: 'Fits the version of the service',
    disk: 'There is room',
  },
  checkTodo: {
    database: 'Nothing can be written. Look at the database and the disk, then at the log of the service.',
    migrations:
      'The database does not fit this version. Stop the service, migrate the database, start again.',
    disk: 'The disk is nearly full. Remove old backups and logs, or give it more room.',
  },
  unknownTodo: 'Tell whoever maintains the service what the technical details say.',
  attention: 'To do',
  nothing: 'There is nothing to do.',
  watched: 'What is watched',
  value: 'Now',
  units: {
    seconds: (value) => `${value} s`,
    milliseconds: (value) => `${value} ms`,
    megabytes: (value) => `${value} MB`,
    count: (value) => value.toString(),
  },
  refreshed: 'Read again every 30 seconds',

  jobs: 'Jobs',
  jobsQuestion: 'Has any job given up and waits for a person?',
  kind: 'Job',
  about: 'About',
  runAt: 'Due',
  attempts: 'Tried',
  lastError: 'Last error',
  act: 'Act',
  anyState: 'All states',
  found: (shown, more) => (more ? `${jobs(shown)} on this page, more follow` : `${jobs(shown)} on this page`),
  empty: 'There are no jobs.',
  emptyFiltered: 'No job fits.',
  total: jobs,
  retry: 'Try again',
  retried: 'It waits again and runs in a moment.',
  noneDead: 'No job has given up.',
  onlyKind: (kind) => `Only: ${kind}`,
}
