import type { Ineligibility } from './words.ts'

/** Whether somebody can take a shift, and if not, the one reason why. */
export type Eligibility = { eligible: true } | { eligible: false; because: Ineligibility }
