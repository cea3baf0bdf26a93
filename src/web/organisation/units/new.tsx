import { Link, useSearchParams } from 'react-router'
import { createUnit, listUnits, readUnit, type Unit } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain, useAsk } from '../../core/query.ts'
import { paths } from '../../paths.ts'
import { MakeForm, useMaking } from '../../ui/office/making.tsx'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { useWords } from '../../words/index.ts'
import { PeoplePage } from '../people-page.tsx'
import { useOrganisationWords } from '../words/index.ts'
import { bodyOf, fieldOf, newUnitFields, problemsOf, type UnitFields } from './fields.ts'
import { UnitForm } from './form.tsx'

/** A new unit, below another or at the top. */
export function Component() {
  const { units: u } = useOrganisationWords()
  const [search] = useSearchParams()
  const parentId = search.get('parentId')
  const parent = useAsk(readUnit, { params: { unitId: parentId ?? '' } }, { skip: parentId === null })
  return (
    <PeoplePage
      narrow
      title={u.new}
      question={u.newQuestion}
      trail={<Link to={paths.units()}>{u.title}</Link>}
    >
      {parent.isError && <Trouble error={parent.error} again={() => void parent.refetch()} />}
      {parentId !== null && parent.isPending && <Skeleton lines={8} />}
      {(parentId === null || parent.data) && <NewUnit parent={parent.data} />}
    </PeoplePage>
  )
}

function NewUnit({ parent }: { parent: Unit | undefined }) {
  const { w } = useWords()
  const { units: u } = useOrganisationWords()
  const making = useMaking<UnitFields>({
    begun: newUnitFields(parent),
    problemsOf: (fields) => problemsOf(fields, w),
    async make(fields, keyFor) {
      const body = bodyOf(fields)
      const unit = await ask(createUnit, { body }, { key: keyFor(body) })
      await readAgain(listUnits, readUnit)
      return { text: u.created(unit.name), to: paths.unit(unit.id) }
    },
    fieldOf,
    inputOf: (field) => `unit-${field}`,
  })
  return (
    <MakeForm making={making} create={u.create} from={paths.units()}>
      <UnitForm fields={making.fields} problems={making.problems} set={making.set} />
    </MakeForm>
  )
}
