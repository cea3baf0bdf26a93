import { type EventState, eventStates } from '#modules/events/words.ts'
import { listCampaigns, readCampaign } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { dayAfter, instantOf, type Wall, wallOf } from '../core/time.ts'
import { UnitSelect } from '../organisation/choose.tsx'
import { Choice } from '../ui/office/choice.tsx'
import { ClearFilters } from '../ui/office/clear-filters.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { MomentPicker } from '../ui/office/moment-picker.tsx'
import { RemoteSelect } from '../ui/office/remote-select.tsx'
import { SearchBox } from '../ui/office/search-box.tsx'
import { useWords } from '../words/index.ts'
import { EventColumns } from './columns.tsx'

/** What the list of events can be narrowed by. Each filter is a part of the address. */
export function EventFilters() {
  const { w, say } = useWords()
  const { search, set } = useFilters()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const states = (Object.keys(eventStates) as EventState[]).map((value) => ({
    value,
    label: say(eventStates[value]),
  }))
  const [from, until] = [search.get('from'), search.get('until')]
  const startOf = (wall: Wall | null) => wall && instantOf(`${wall.slice(0, 10)}T00:00`, zone)
  return (
    <search className="filters">
      <SearchBox
        label={w.events.name}
        value={search.get('search') ?? ''}
        onSearch={(value) => set({ search: value })}
      />
      <Choice
        label={w.events.state}
        all={w.events.allStates}
        options={states}
        value={search.get('state')}
        onChange={(state) => set({ state })}
      />
      <span className="remote">
        <UnitSelect
          label={w.events.organiser}
          value={search.get('organiserUnitId')}
          onChange={(id) => set({ organiserUnitId: id })}
        />
      </span>
      <CampaignFilter id={search.get('campaignId')} set={(id) => set({ campaignId: id })} />
      <MomentPicker
        dayOnly
        zone={zone}
        label={w.events.from}
        placeholder={w.events.from}
        value={from && wallOf(from, zone)}
        onChange={(wall) => set({ from: startOf(wall) })}
      />
      <MomentPicker
        dayOnly
        zone={zone}
        label={w.events.until}
        placeholder={w.events.until}
        // The last day counts: the query ends where the next one begins.
        value={until && wallOf(Date.parse(until) - 1, zone)}
        onChange={(wall) => set({ until: startOf(wall && dayAfter(wall)) })}
      />
      <ClearFilters />
      <span className="push">
        <EventColumns />
      </span>
    </search>
  )
}

interface ChosenFilter {
  id: string | null
  set: (id: string | null) => void
}

function CampaignFilter({ id, set }: ChosenFilter) {
  const { w } = useWords()
  const campaign = useAsk(readCampaign, { params: { campaignId: id ?? '' } }, { skip: id === null })
  const name = campaign.data?.id === id ? campaign.data?.name : undefined
  return (
    <span className="remote">
      <RemoteSelect
        find={listCampaigns}
        label={w.events.campaign}
        placeholder={w.events.campaign}
        value={id ? { id, name: name ?? '…' } : null}
        onChange={(chosen) => set(chosen?.id ?? null)}
      />
    </span>
  )
}
