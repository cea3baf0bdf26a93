import { holds } from '#modules/command/index.ts'
import type { Actor } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import type { schemes, standards } from '../schema.ts'
import type { SchemeState } from '../words.ts'
import type { SchemeView, StandardView } from './contract.ts'

type SchemeRow = typeof schemes.$inferSelect
interface Issuer {
  id: string
  name: string
  path: string
  districtCode: string | null
}

export function schemeStateOf({ publishedAt, closedAt }: SchemeRow): SchemeState {
  if (closedAt) return 'closed'
  return publishedAt ? 'published' : 'draft'
}

/** A scheme as the API shows it to one reader. */
export function presentScheme(
  { scheme, issuer }: { scheme: SchemeRow; issuer: Issuer },
  counted: number,
  reader: Actor,
): SchemeView {
  const state = schemeStateOf(scheme)
  const mine = holds(reader, 'schemes.edit', issuer)
  return {
    id: scheme.id,
    version: scheme.version,
    seriesId: scheme.seriesId,
    edition: scheme.edition,
    name: scheme.name,
    issuer: { id: issuer.id, name: issuer.name },
    method: scheme.method,
    scale: scheme.scale,
    indicators: scheme.indicators,
    standards: counted,
    state,
    supersedesId: scheme.supersedesId,
    publishedAt: scheme.publishedAt && isoOf(scheme.publishedAt),
    closedAt: scheme.closedAt && isoOf(scheme.closedAt),
    createdAt: isoOf(scheme.createdAt),
    allowed: {
      edit: mine && state === 'draft',
      publish: mine && state === 'draft',
      copy: mine,
      close: mine && state !== 'draft',
    },
  }
}

/** A standard with who leads and supports it. */
export function presentStandard(
  row: typeof standards.$inferSelect,
  units: StandardView['units'],
): StandardView {
  const { createdAt, ...shown } = row
  return { ...shown, units }
}
