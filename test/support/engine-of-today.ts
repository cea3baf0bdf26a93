import { dialect } from '#platform/database/kit.ts'
import { drawnOf } from './drawn.ts'

/**
 * Whether this engine is the one of today, for tests that start processes and play for a minute, and ask nothing that other
 * tests do not ask of both engines each day.
 */
export const isEngineOfToday = () => drawnOf(['sqlite', 'postgresql'], 1)[0] === dialect
