import { pointClasses } from '#modules/inspection/words.ts'
import type { Round } from '../../api/operations.ts'
import { useDistricts } from '../../grid/districts.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useRoundWords } from '../words/index.ts'

type Stratum = NonNullable<Round['strata']>[number]

/** π of those that did not enter with certainty, as a fraction: (n − c) of (N − c). */
export function chanceOf({ points, drawn, certain }: Stratum): { of: number; drawn: number } | null {
  const left = points - certain
  return left === 0 ? null : { drawn: drawn - certain, of: left }
}

/** The strata of a round: how many points each has, how many were drawn, and how likely each was to be drawn. */
export function Strata({ strata }: { strata: readonly Stratum[] }) {
  const { r, say } = useRoundWords()
  const districts = useDistricts()
  const columns: Column<Stratum>[] = [
    {
      key: 'district',
      title: r.district,
      names: true,
      cell: ({ districtCode }) =>
        districtCode === '' ? r.city : <Given>{districts.nameOf(districtCode) ?? districtCode}</Given>,
    },
    { key: 'class', title: r.pointClass, cell: ({ pointClass }) => say(pointClasses[pointClass]) },
    { key: 'points', title: r.inFrame, number: true, cell: ({ points }) => points },
    { key: 'drawn', title: r.drawnCount, number: true, cell: ({ drawn }) => drawn },
    { key: 'certain', title: r.certain, number: true, cell: ({ certain }) => certain },
    {
      key: 'chance',
      title: r.chance,
      number: true,
      cell: (stratum) => {
        const chance = chanceOf(stratum)
        if (!chance) return r.none
        return (
          <>
            <span className="soft">
              {chance.drawn}/{chance.of}
            </span>{' '}
            {((100 * chance.drawn) / chance.of).toFixed(1)}%
          </>
        )
      },
    },
  ]
  const sum = (count: (stratum: Stratum) => number) => strata.reduce((all, each) => all + count(each), 0)
  return (
    <section className="panel table" aria-label={r.strata}>
      <h2 className="padded">{r.strata}</h2>
      <p className="padded soft">
        {strata.length === 0 ? r.noStrata : r.strataLead}
        {sum(({ certain }) => certain) > 0 && ` ${r.certainHint}`}
      </p>
      {strata.length > 0 && (
        <>
          <DataTable
            caption={r.strata}
            columns={columns}
            rows={strata}
            keyOf={({ districtCode, pointClass }) => `${districtCode} ${pointClass}`}
          />
          <p className="padded soft">
            {r.total(
              sum(({ points }) => points),
              sum(({ drawn }) => drawn),
            )}
          </p>
        </>
      )}
    </section>
  )
}
