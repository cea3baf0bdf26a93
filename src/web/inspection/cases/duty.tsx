import { Button, Modal } from 'antd'
import { useState } from 'react'
import { type CaseDuty, readCaseDuty, readInCharge, type WholeCase } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { periodText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { useMay } from '../page.tsx'
import { useCaseWords } from './words/index.ts'

type Shift = CaseDuty['shifts'][number]

/** Who is there now: shifts that are on where the case is, the teams that came, and the number of who is in charge. */
export function Duty({ of }: { of: WholeCase }) {
  const { r, language } = useCaseWords()
  const mayCall = useMay('attendance.read')
  const [called, setCalled] = useState<Shift>()
  const found = useAsk(readCaseDuty, { params: { caseId: of.id } })
  const shifts = found.data?.shifts ?? []
  const columns: Column<Shift>[] = [
    {
      key: 'shift',
      title: r.shift,
      names: true,
      cell: ({ work, startsAt, endsAt }) => (
        <>
          <Given>{work}</Given>
          <span className="line soft">{periodText(startsAt, endsAt, cityZone(), language)}</span>
        </>
      ),
    },
    { key: 'zone', title: r.zone, cell: ({ zone }) => <Given>{zone.name}</Given> },
    {
      key: 'teams',
      title: r.teams,
      cell: ({ teams }) =>
        teams.length === 0 ? (
          <span className="soft">{r.noTeams}</span>
        ) : (
          teams.map(({ id, name, present }) => (
            <span key={id} className="line">
              <Given>{r.heads(name, present)}</Given>
            </span>
          ))
        ),
    },
    {
      key: 'inCharge',
      title: r.inCharge,
      cell: (shift) => (
        <>
          {shift.inCharge ? (
            <Given>{shift.inCharge}</Given>
          ) : (
            <span className="soft">{r.nobodyInCharge}</span>
          )}{' '}
          {mayCall && shift.inCharge && <Button onClick={() => setCalled(shift)}>{r.call}</Button>}
        </>
      ),
    },
  ]
  return (
    <section className="panel table" aria-label={r.duty}>
      <h2 className="padded">{r.duty}</h2>
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={2} />}
      {found.data && shifts.length === 0 && <p className="padded soft">{r.noDuty}</p>}
      {shifts.length > 0 && (
        <DataTable caption={r.duty} columns={columns} rows={shifts} keyOf={({ id }) => id} />
      )}
      {called && <Call shift={called} close={() => setCalled(undefined)} />}
    </section>
  )
}

/** The number that volunteers were given; that it was looked at is recorded. */
function Call({ shift, close }: { shift: Shift; close: () => void }) {
  const { w } = useWords()
  const { r } = useCaseWords()
  const found = useAsk(readInCharge, { params: { eventId: shift.eventId, zoneId: shift.zone.id } })
  const people = found.data?.items.find(({ shiftId }) => shiftId === shift.id)?.people ?? []
  return (
    <Modal
      open
      title={r.callTitle}
      onCancel={close}
      closable={{ 'aria-label': w.common.close }}
      footer={null}
    >
      {found.isError && <Trouble error={found.error} />}
      {!found.data && !found.isError && <Skeleton lines={2} />}
      {found.data && people.length === 0 && <p>{r.nobodyInCharge}</p>}
      {people.map(({ role, name, phone }) => (
        <p key={role}>
          {role === 'deputy' ? r.deputy : r.inCharge} <Given>{name}</Given>{' '}
          {phone ? (
            <a className="phone" href={`tel:${phone}`}>
              {phone}
            </a>
          ) : (
            r.noPhone
          )}
        </p>
      ))}
    </Modal>
  )
}
