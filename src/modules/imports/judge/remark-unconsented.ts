import { and, eq, inArray, isNull } from 'drizzle-orm'
import { guardianConsents } from '#modules/organisation/schema.ts'
import { inChunks } from '#platform/database/port.ts'
import type { Group } from './people-groups.ts'
import type { Scene } from './scene.ts'

/**
 * Remarks on the rows of pupils for whom no guardian said yes, neither here nor before: the preview says how little is
 * kept of them, and for how long (see `keptOf` of organisation).
 */
export async function remarkUnconsented(groups: readonly Group[], { db }: Scene): Promise<void> {
  const pupils = groups.filter(({ memberships }) => [...memberships.values()].includes('pupil'))
  const consented = new Set<string>()
  const known = pupils.flatMap(({ personId }) => personId ?? [])
  await inChunks(known, 500, async (some) => {
    const rows = await db
      .select({ personId: guardianConsents.personId })
      .from(guardianConsents)
      .where(
        and(
          inArray(guardianConsents.personId, [...some]),
          eq(guardianConsents.says, 'yes'),
          isNull(guardianConsents.withdrawnAt),
        ),
      )
    for (const { personId } of rows) consented.add(personId)
  })
  for (const { personId, members } of pupils) {
    if (personId !== null && consented.has(personId)) continue
    if (members.some(({ consent }) => consent?.says === 'yes')) continue
    for (const { as, judging } of members) {
      if (as === 'self' && judging.open) judging.remarks.push('pupil.unconsented')
    }
  }
}
