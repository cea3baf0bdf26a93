import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { type ZoneKind, zoneKinds } from '#modules/grid/words.ts'
import { listZones, type Zone } from '../../api/operations.ts'
import type { InputOf } from '../../core/operation.ts'
import { readAll, useAsk } from '../../core/query.ts'
import { useDistricts } from '../../grid/districts.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { Empty, Skeleton, Trouble } from '../../ui/office/page.tsx'
import { SearchBox } from '../../ui/office/search-box.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'

/** Names of the chosen zones by their ids. */
export type ChosenZones = ReadonlyMap<string, string>
type Filter = Omit<InputOf<typeof listZones>['query'], 'cursor' | 'limit'>

interface Props {
  chosen: ChosenZones
  wrong: string | undefined
  onChange: (chosen: ChosenZones) => void
}

/** All zones that fit, page by page. */
/** Chooses zones: narrowed first, then ticked one by one or all that fit. */
export function ZonePicker({ chosen, wrong, onChange }: Props) {
  const { w } = useWords()
  const { shifts: s } = w
  const [filter, setFilter] = useState<Filter>({})
  const [shown, setShown] = useState(50)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const found = useAsk(listZones, { query: { ...filter, limit: shown } })
  const { items, nextCursor } = found.data ?? { items: undefined, nextCursor: null }
  const narrow = (change: Filter) => {
    setFilter({ ...filter, ...change })
    setShown(50)
  }
  const chooseAll = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const all = await readAll(listZones, { query: filter })
      onChange(new Map([...chosen, ...all.map(({ id, name }): [string, string] => [id, name])]))
    } catch (failed) {
      setError(failed)
    }
    setBusy(false)
  }
  const tick = ({ id, name }: Zone, ticked: boolean) => {
    const next = new Map(chosen)
    if (ticked) next.set(id, name)
    else next.delete(id)
    onChange(next)
  }
  return (
    <fieldset className="plain field" id="bulk-zones" tabIndex={-1}>
      <legend className="hear">{s.zonesPart}</legend>
      <ZoneFilters filter={filter} narrow={narrow} />
      <div className="zones" aria-busy={found.isFetching}>
        {found.isPending && <Skeleton lines={6} />}
        {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
        {items?.length === 0 && <Empty text={s.noZones} />}
        {items?.map((zone) => (
          <Checkbox
            key={zone.id}
            checked={chosen.has(zone.id)}
            onChange={(event) => tick(zone, event.target.checked)}
          >
            <Given>{zone.name}</Given>
            {zone.parent && (
              <small className="soft">
                {' '}
                <Given>{zone.parent.name}</Given>
              </small>
            )}
          </Checkbox>
        ))}
      </div>
      <div className="row wide middle">
        {nextCursor && (
          <Button onClick={() => setShown(Math.min(200, shown + 50))} disabled={shown >= 200}>
            {s.more}
          </Button>
        )}
        {items && items.length > 0 && (
          <Button onClick={() => void chooseAll()} loading={busy}>
            {nextCursor ? s.chooseShown : s.chooseAll(items.length)}
          </Button>
        )}
        <strong aria-live="polite">{s.chosen(chosen.size)}</strong>
        {chosen.size > 0 && (
          <Button type="link" onClick={() => onChange(new Map())}>
            {s.clearChosen}
          </Button>
        )}
      </div>
      {error !== undefined && <Trouble error={error} />}
      {wrong && (
        <p className="wrong" role="alert">
          {wrong}
        </p>
      )}
    </fieldset>
  )
}

function ZoneFilters({ filter, narrow }: { filter: Filter; narrow: (change: Filter) => void }) {
  const { w, say } = useWords()
  const { shifts: s } = w
  const districts = useDistricts()
  const kinds = (Object.keys(zoneKinds) as ZoneKind[]).map((value) => ({
    value,
    label: say(zoneKinds[value]),
  }))
  const stated = <K extends keyof Filter>(name: K, value: Filter[K] | null) =>
    narrow({ [name]: value ?? undefined } as Filter)
  return (
    <div className="filters">
      <SearchBox
        label={s.place}
        value={filter.search ?? ''}
        onSearch={(search) => stated('search', search)}
      />
      <Choice
        given
        label={s.district}
        all={s.allDistricts}
        options={districts.options}
        value={filter.districtCode ?? null}
        onChange={(code) => stated('districtCode', code)}
      />
      <Choice
        label={s.kind}
        all={s.allKinds}
        options={kinds}
        value={filter.kind ?? null}
        onChange={(kind) => stated('kind', kind as ZoneKind | null)}
      />
      <Checkbox
        checked={filter.minorsSuitable === true}
        onChange={(event) => stated('minorsSuitable', event.target.checked || null)}
      >
        {s.suitable}
      </Checkbox>
    </div>
  )
}
