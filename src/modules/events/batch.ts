/** What a bulk creation asks for: every zone × every time, each shift like the template. */
export interface BatchSpec {
  zoneIds: string[]
  times: { startsAt: string; endsAt: string }[]
  template: ShiftTemplate
}

/** A shift without its place and time. */
export interface ShiftTemplate {
  task: string
  min: number
  target: number
  max: number
  minorsAllowed?: boolean
  skills?: { skill: string; min: number }[]
  meetingPoint?: string | null
  inChargePersonId?: string | null
  deputyPersonId?: string | null
  tools?: string | null
  toolsBroughtBy?: string | null
  risks?: string | null
  insurance?: string | null
  recordable?: boolean
  recordableReason?: string | null
}
