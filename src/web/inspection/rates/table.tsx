import type { CaseFigures } from '../../api/operations.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useRatesWords } from './words/index.ts'

export type RatesRow = CaseFigures['groups'][number]
export const rateKeys = ['rectified', 'settled', 'onTime', 'rework', 'extended', 'recurrence'] as const

interface Props {
  caption: string
  groups: readonly RatesRow[]
  /** Whether their names are given by people. */
  given?: boolean
}

/** Every rate with the two whole numbers that it comes from. */
export function RatesTable({ caption, groups, given }: Props) {
  const { r } = useRatesWords()
  const columns: Column<RatesRow>[] = [
    {
      key: 'name',
      title: r.name,
      names: true,
      cell: ({ id, name }) => (given && id !== 'total' && name ? <Given>{name}</Given> : name || r.noName),
    },
    ...(['issued', 'open', 'overdue', 'suspended', 'cancelled'] as const).map((key) => ({
      key,
      title: r[key],
      number: true,
      cell: ({ figures }: RatesRow) => figures[key],
    })),
    ...rateKeys.map((key) => ({
      key,
      title: r.rates[key],
      number: true,
      cell: ({ rates }: RatesRow) => {
        const { part, whole, percent } = rates[key]
        return (
          <>
            {percent === null ? r.none : r.percent(percent)}
            <span className="line soft">{r.of(part, whole)}</span>
          </>
        )
      },
    })),
  ]
  return (
    <section className="panel table" aria-label={caption}>
      <h2 className="padded">{caption}</h2>
      <DataTable caption={caption} columns={columns} rows={groups} keyOf={({ id }) => id} />
    </section>
  )
}
