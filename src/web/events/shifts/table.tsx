import { Checkbox } from 'antd'
import { Link } from 'react-router'
import type { EventDetail, Shift } from '../../api/operations.ts'
import { momentText, periodText } from '../../core/time.ts'
import { useDistricts } from '../../grid/districts.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { FillBar } from '../../ui/plain/fill-bar.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'

interface Props {
  event: EventDetail
  shifts: Shift[]
  /** Whether these are still those of the page before. */
  old: boolean
  /** Ids of the selected ones; absent: nothing is done with many. */
  selected?: ReadonlySet<string> | undefined
  select: (shiftId: string, ticked: boolean) => void
}

/** The columns of shifts; how full they are is taken along in figures. */
export function useShiftColumns(event: EventDetail): Column<Shift>[] {
  const { w, language } = useWords()
  const { shifts: s } = w
  const districts = useDistricts()
  const none = <span className="soft">—</span>
  const given = (text: string | null | undefined) => (text ? <Given>{text}</Given> : none)
  return [
    {
      key: 'zone',
      title: s.place,
      names: true,
      cell: (shift) => (
        <Link to={paths.shift(event.id, shift.id)}>
          <Given>{shift.zone.name}</Given>
        </Link>
      ),
      text: ({ zone }) => zone.name,
    },
    {
      key: 'district',
      title: s.district,
      cell: ({ zone }) => given(districts.nameOf(zone.districtCode)),
      text: ({ zone }) => districts.nameOf(zone.districtCode),
    },
    {
      key: 'time',
      title: s.time,
      cell: ({ startsAt, endsAt }) => (
        <span className="nowrap">{periodText(startsAt, endsAt, event.timeZone, language)}</span>
      ),
      text: ({ startsAt, endsAt }) => periodText(startsAt, endsAt, event.timeZone, language),
    },
    { key: 'work', title: s.work, cell: ({ work }) => given(work), text: ({ work }) => work },
    {
      key: 'fill',
      title: s.fill,
      cell: (shift) =>
        shift.cancelledAt ? (
          <span className="state cancelled">
            <span aria-hidden="true">✕</span>
            {s.cancelled}
          </span>
        ) : (
          <FillBar {...shift} />
        ),
    },
    {
      key: 'inCharge',
      title: s.inCharge,
      cell: ({ inCharge }) => given(inCharge?.name),
      text: ({ inCharge }) => inCharge?.name,
    },
  ]
}

/** What a list of shifts that is taken along says of how full they are: figures to reckon with. */
export function useFillColumns(): Column<Shift>[] {
  const { shifts: s } = useWords().w
  const figures = (['taken', 'min', 'target', 'max'] as const).map(
    (key): Column<Shift> => ({
      key,
      title: s[key],
      cell: (shift) => shift[key],
      text: (shift) => shift[key],
    }),
  )
  const text = ({ cancelledAt }: Shift) => (cancelledAt ? s.cancelled : s.live)
  return [...figures, { key: 'state', title: s.which, cell: text, text }]
}

/** The shifts of one page, each with how full it is. */
export function ShiftTable({ event, shifts, old, selected, select }: Props) {
  const { w, language } = useWords()
  const { shifts: s } = w
  const columns = useShiftColumns(event)
  const selecting: Column<Shift> = {
    key: 'select',
    title: s.select,
    cell: (shift) =>
      !shift.cancelledAt && (
        <span translate="no">
          <Checkbox
            aria-label={s.selectOne(shift.zone.name, momentText(shift.startsAt, event.timeZone, language))}
            checked={selected?.has(shift.id) === true}
            onChange={({ target }) => select(shift.id, target.checked)}
          />
        </span>
      ),
  }
  return (
    <DataTable
      caption={s.title}
      columns={selected ? [selecting, ...columns] : columns}
      rows={shifts}
      keyOf={({ id }) => id}
      old={old}
    />
  )
}
