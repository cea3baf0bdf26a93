import { createPermits, permitsFor } from '#modules/organisation/index.ts'
import type { Reader } from '#platform/database/port.ts'

const noReader = undefined as unknown as Reader

/** To change everybody, as somebody with a reach of everything may; no statement is needed for it. */
export const everybody = await permitsFor(noReader, createPermits([]), { everything: true }, [])
/** The same for what takes one permit. */
export const permit = everybody.identifiable
