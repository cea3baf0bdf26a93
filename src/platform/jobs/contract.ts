import Type, { type Static } from 'typebox'
import { Body, Id, Instant, Page, PageQuery } from '../http/schemas.ts'
import { type JobState, jobStates } from './words.ts'

const State = Type.Unsafe<JobState>({
  type: 'string',
  enum: Object.keys(jobStates),
  description: Object.entries(jobStates)
    .map(([state, { zh }]) => `${state} ${zh}`)
    .join(' · '),
})

export const JobView = Type.Object(
  {
    id: Id,
    kind: Type.String(),
    key: Type.Union([Type.String(), Type.Null()]),
    params: Type.Record(Type.String(), Type.Unknown()),
    state: State,
    runAt: Instant,
    about: Type.Union([Type.String(), Type.Null()]),
    attempts: Type.Integer(),
    interruptions: Type.Integer({
      description: 'Runs under which the process ended, since the last progress',
    }),
    lastError: Type.Union([Type.String(), Type.Null()]),
    createdAt: Instant,
    finishedAt: Type.Union([Instant, Type.Null()]),
  },
  { $id: 'Job' },
)
export type JobView = Static<typeof JobView>
export const JobPage = Page(JobView)
export const JobQuery = Type.Object({
  ...PageQuery.properties,
  state: Type.Optional(State),
  kind: Type.Optional(Type.String({ maxLength: 80 })),
})
export type JobQuery = Static<typeof JobQuery>

/** How many jobs of each kind are in each state. */
export const JobSummary = Type.Object(
  { counts: Type.Array(Type.Object({ kind: Type.String(), state: State, jobs: Type.Integer() })) },
  { $id: 'JobSummary' },
)

/** A dead job is given another chance by making it wait again. */
export const JobStateChange = Body({ state: Type.Literal('waiting') })
