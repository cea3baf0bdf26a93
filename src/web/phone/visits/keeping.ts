/** The visits of this phone, as every page of it may look at them. */
import { me } from '../../core/session.ts'
import { keepingOf } from '../kept/keeping.ts'
import { disk } from '../kept/seal.ts'
import type { KeptVisits } from './kinds.ts'

export const keptVisits = keepingOf<KeptVisits>('visits', disk, me.get)
