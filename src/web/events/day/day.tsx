import { Button } from 'antd'
import { memo, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { type EventDetail, type Live, listLivePlaces, readLive, streamLive } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { addressOf } from '../../core/operation.ts'
import { queries, queryKey, useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { watchTogether } from '../../core/shared-stream.ts'
import type { StreamState } from '../../core/stream.ts'
import { clockText } from '../../core/time.ts'
import {
  Curve,
  Latest,
  Panel as Part,
  TeamsShort,
  Totals,
  WarMap,
  Worst,
  ZoneName,
} from '../../ui/live/figures.tsx'
import { hereOf, missingOf, rateOf, worstOf, type Zone } from '../../ui/live/scale.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Empty, Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { useWords } from '../../words/index.ts'
import { EventPage } from '../event-page.tsx'
import { InCharge } from './in-charge.tsx'
import { Screens } from './screens.tsx'

/** Who should be there and is not? */
export function Component() {
  const { w } = useWords()
  return (
    <EventPage
      help="day"
      title={w.live.title}
      question={w.live.question}
      acts={(event) => <CallWorst event={event} />}
    >
      {(event) => <Day key={event.id} event={event} />}
    </EventPage>
  )
}

/** The figures as they change: kept where they were read first, so that the whole page speaks of the same. */
function useLive(eventId: string): { live: Live | undefined; state: StreamState; error: unknown } {
  const read = useAsk(readLive, { params: { eventId } })
  const [state, setState] = useState<StreamState>('connecting')
  useEffect(() => {
    const source = {
      stream: addressOf(streamLive, { params: { eventId }, query: {} }),
      read: () => ask(readLive, { params: { eventId } }),
      headers: () => ({ 'x-muster-user': me.get()?.userId ?? '' }),
    }
    const name = `muster-live:${me.get()?.userId}:${eventId}`
    return watchTogether(name, source, (told) => {
      if (told.live) queries.setQueryData(queryKey(readLive, { params: { eventId } }), told.live)
      setState(told.state)
    })
  }, [eventId])
  const live = read.data?.eventId === eventId ? read.data : undefined
  return { live, state, error: read.error }
}

/** Which zone is asked about is a part of the address, so that Back closes it. */
function useCalled() {
  const [search, setSearch] = useSearchParams()
  return {
    zoneId: search.get('call'),
    call: (zoneId: string) => setSearch({ call: zoneId }),
    close: () => setSearch({}, { replace: true }),
  }
}

/** The one thing to do: call whoever is in charge where most are missing. */
function CallWorst({ event }: { event: EventDetail }) {
  const { w } = useWords()
  const { call } = useCalled()
  const { data } = useAsk(readLive, { params: { eventId: event.id } })
  const [worst] = data ? worstOf(data.zones.filter(isPlace)) : []
  if (!worst || !mayCall(event)) return null
  return (
    <Button type="primary" onClick={() => call(worst.id)}>
      {w.live.call}
    </Button>
  )
}

const isPlace = ({ name }: Zone) => name !== ''
const mayCall = ({ publishedAt }: EventDetail) =>
  publishedAt !== null && (me.get()?.permissions.includes('attendance.read') ?? false)

function Day({ event }: { event: EventDetail }) {
  const { w } = useWords()
  const { live, state, error } = useLive(event.id)
  const places = useAsk(listLivePlaces, { params: { eventId: event.id } })
  const called = useCalled()
  if (event.publishedAt === null) return <Empty text={w.live.draft} />
  if (error && !live) return <Trouble error={error} />
  if (!live) return <Skeleton lines={12} />
  if (live.zones.length === 0) return <Empty text={w.live.noZones} />
  const callOf = mayCall(event) ? called.call : undefined
  return (
    <>
      <p className={`stream ${state}`} role="status">
        ● {w.live.states[state]} · {w.live.asOf(clockText(live.at, event.timeZone))}
      </p>
      <div className="day">
        <div>
          {places.data && (
            <WarMap places={places.data.items} zones={live.zones} {...(callOf ? { choose: callOf } : {})} />
          )}
        </div>
        <div className="day-side">
          <Totals total={live.total} />
          <Part title={w.live.curve}>
            <Curve live={live} timeZone={event.timeZone} />
          </Part>
          <Part title={w.live.worst}>
            <Worst
              zones={live.zones}
              act={(zone) =>
                callOf && isPlace(zone) ? (
                  <Button size="small" aria-label={w.live.call} onClick={() => callOf(zone.id)}>
                    {w.live.callShort}
                  </Button>
                ) : null
              }
            />
          </Part>
          <Part title={w.live.teams}>
            <TeamsShort teams={live.teamsShort} />
          </Part>
          <Part title={w.live.latest}>
            <Latest latest={live.latest} timeZone={event.timeZone} />
          </Part>
        </div>
      </div>
      <Zones zones={live.zones} />
      {event.allowed.includes('changeEvent') && <Screens eventId={event.id} />}
      {called.zoneId && <InCharge event={event} zoneId={called.zoneId} close={called.close} />}
    </>
  )
}

/**
 * The numbers of the map, for whoever reads them or cannot see it; worst first. Drawn when there is time for it, and of its
 * lines those that changed: the figures come five times a second.
 */
const Zones = memo(({ zones: now }: { zones: Live['zones'] }) => {
  const { w } = useWords()
  const zones = useDeferredValue(now)
  const columns = useMemo((): Column<Zone>[] => {
    const percent = (zone: Zone) => `${Math.round(rateOf(zone) * 100)}%`
    return [
      { key: 'zone', title: w.live.zone, names: true, cell: (zone) => <ZoneName zone={zone} /> },
      { key: 'expected', title: w.live.expected, number: true, cell: ({ expected }) => expected },
      { key: 'present', title: w.live.present, number: true, cell: hereOf },
      { key: 'missing', title: w.live.missing, number: true, cell: missingOf },
      { key: 'rate', title: w.live.rate, number: true, cell: percent },
    ]
  }, [w])
  const rows = useMemo(() => [...worstOf(zones), ...zones.filter((zone) => missingOf(zone) === 0)], [zones])
  return (
    <Panel label={w.live.table}>
      <DataTable caption={w.live.table} rows={rows} keyOf={idOf} columns={columns} />
    </Panel>
  )
})
const idOf = ({ id }: Zone) => id
