import { type FirstStep, firstSteps } from './words.ts'

/** What somebody needs to be able to do a step. */
const needs: Record<FirstStep, string> = {
  units: 'imports.run',
  people: 'imports.run',
  zones: 'grid.edit',
  colleagues: 'accounts.edit',
  event: 'events.edit',
}

interface Facts {
  there: Record<FirstStep, boolean>
  may: (permission: string) => boolean
}

/** The steps of an empty installation that the reader may do, in their order, each with whether it is done. Pure. */
export function firstStepsOf({ there, may }: Facts): { step: FirstStep; done: boolean }[] {
  return (Object.keys(firstSteps) as FirstStep[])
    .filter((step) => may(needs[step]))
    .map((step) => ({ step, done: there[step] }))
}
