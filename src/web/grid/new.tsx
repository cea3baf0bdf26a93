import { Link, useSearchParams } from 'react-router'
import { createZone, listZones, mapZones, readZone, type ZoneDetail } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { paths } from '../paths.ts'
import { MakeForm, useMaking } from '../ui/office/making.tsx'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { GridPage } from './page.tsx'
import { useGridWords } from './words.ts'
import { bodyOf, fieldOf, newZoneFields, problemsOf, type ZoneFields } from './zone-fields.ts'
import { ZoneForm } from './zone-form.tsx'

/** A new zone, drawn or typed; as a part of another, it splits that one. */
export function Component() {
  const { r } = useGridWords()
  const [search] = useSearchParams()
  const parentId = search.get('parentId')
  const parent = useAsk(readZone, { params: { zoneId: parentId ?? '' } }, { skip: parentId === null })
  return (
    <GridPage title={r.new} question={r.newQuestion} trail={<Link to={paths.zones()}>{r.zones}</Link>}>
      {parent.isError && <Trouble error={parent.error} again={() => void parent.refetch()} />}
      {parentId !== null && parent.isPending && <Skeleton lines={8} />}
      {(parentId === null || parent.data) && <NewZone parent={parent.data} />}
    </GridPage>
  )
}

function NewZone({ parent }: { parent: ZoneDetail | undefined }) {
  const { r, w } = useGridWords()
  const making = useMaking<ZoneFields>({
    begun: newZoneFields(parent),
    problemsOf: (fields) => problemsOf(fields, w, r),
    async make(fields, keyFor) {
      const body = bodyOf(fields)
      const zone = await ask(createZone, { body }, { key: keyFor(body) })
      await readAgain(listZones, mapZones)
      return { text: r.createdDone(zone.name), to: paths.zone(zone.id) }
    },
    fieldOf,
    inputOf: (field) => `zone-${field}`,
  })
  return (
    <MakeForm making={making} create={r.create} from={parent ? paths.zone(parent.id) : paths.zones()}>
      <ZoneForm
        fields={making.fields}
        problems={making.problems}
        districtCode={parent?.districtCode ?? null}
        set={making.set}
      />
    </MakeForm>
  )
}
