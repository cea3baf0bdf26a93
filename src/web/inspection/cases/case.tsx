import { useParams } from 'react-router'
import { readCase, readTask, type WholeCase } from '../../api/operations.ts'
import { MovesTable } from '../../command/moves-table.tsx'
import { TaskPictures } from '../../command/task-pictures.tsx'
import { useAsk } from '../../core/query.ts'
import { paths } from '../../paths.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Arriving } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { InspectionPage, useMay } from '../page.tsx'
import { CaseActs } from './acts.tsx'
import { Duty } from './duty.tsx'
import { CaseFacts } from './facts.tsx'
import { BeforeAfter } from './pair.tsx'
import { useCaseWords } from './words/index.ts'
import '../../command/city.css'

/** How far is it put right? What was found and what the unit shows stand beside each other. */
export function Component() {
  const { r } = useCaseWords()
  const { caseId = '' } = useParams()
  const found = useAsk(readCase, { params: { caseId } })
  const one = found.data?.id === caseId ? found.data : undefined
  return (
    <InspectionPage
      title={one ? one.number : r.case}
      given={one !== undefined}
      question={one ? <What of={one} /> : r.caseQuestion}
      acts={<LinkButton to={paths.cases()} text={r.backToList} />}
    >
      {one ? <Whole of={one} /> : <Arriving found={found} />}
    </InspectionPage>
  )
}

/** What it is about, in one line. */
function What({ of: { standard, point, zone } }: { of: WholeCase }) {
  return (
    <>
      <Given>{standard.text}</Given> · <Given>{point?.name ?? zone.name}</Given>
    </>
  )
}

function Whole({ of }: { of: WholeCase }) {
  const mayReadTask = useMay('tasks.read')
  const skip = of.taskId === null || !mayReadTask
  const { data: task } = useAsk(readTask, { params: { taskId: of.taskId ?? '' } }, { skip })
  const own = task?.id === of.taskId ? task : undefined
  return (
    <div className="room">
      <CaseActs of={of} task={own} />
      <BeforeAfter of={of} />
      {own?.allowed.moves.includes('report') && <TaskPictures task={own} also={[readCase]} />}
      <CaseFacts of={of} />
      <Duty of={of} />
      {own && <MovesTable moves={own.moves} />}
    </div>
  )
}
