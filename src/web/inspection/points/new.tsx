import { Link } from 'react-router'
import { createPoint, listPoints, mapPoints } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain } from '../../core/query.ts'
import { paths } from '../../paths.ts'
import { MakeForm, useMaking } from '../../ui/office/making.tsx'
import { InspectionPage } from '../page.tsx'
import { usePointWords } from '../words/index.ts'
import { bodyOf, fieldOf, newPointFields, type PointFields, problemsOf } from './point-fields.ts'
import { PointForm } from './point-form.tsx'

/** Which place is looked at, and where is it? */
export function Component() {
  const { r, w } = usePointWords()
  const making = useMaking<PointFields>({
    begun: newPointFields,
    problemsOf: (fields) => problemsOf(fields, w),
    async make(fields, keyFor) {
      const body = bodyOf(fields)
      const point = await ask(createPoint, { body }, { key: keyFor(body) })
      await readAgain(listPoints, mapPoints)
      return { text: r.created(point.name), to: paths.point(point.id) }
    },
    fieldOf,
    inputOf: (field) => `point-${field}`,
  })
  return (
    <InspectionPage title={r.new} question={r.newQuestion} trail={<Link to={paths.points()}>{r.title}</Link>}>
      <MakeForm making={making} create={r.create} from={paths.points()}>
        <PointForm fields={making.fields} problems={making.problems} set={making.set} />
      </MakeForm>
    </InspectionPage>
  )
}
