import { Link } from 'react-router'
import { createRound, listRounds } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain } from '../../core/query.ts'
import { serverNow, wallOf } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { paths } from '../../paths.ts'
import { MakeForm, useMaking } from '../../ui/office/making.tsx'
import { InspectionPage } from '../page.tsx'
import { useRoundWords } from '../words/index.ts'
import { bodyOf, fieldOf, newRoundFields, problemsOf, type RoundFields } from './round-fields.ts'
import { RoundForm } from './round-form.tsx'

/** What does this round look at, how many points does it draw, and when? */
export function Component() {
  const { r, w } = useRoundWords()
  const zone = cityZone()
  const making = useMaking<RoundFields>({
    begun: newRoundFields(wallOf(serverNow(), zone)),
    problemsOf: (fields) => problemsOf(fields, w, r),
    async make(fields, keyFor) {
      const body = bodyOf(fields, zone)
      const round = await ask(createRound, { body }, { key: keyFor(body) })
      await readAgain(listRounds)
      return { text: r.created(round.label), to: paths.round(round.id) }
    },
    fieldOf,
    inputOf: (field) => `round-${field}`,
  })
  return (
    <InspectionPage title={r.new} question={r.newQuestion} trail={<Link to={paths.rounds()}>{r.title}</Link>}>
      <p className="note">{r.sealedLead}</p>
      <MakeForm making={making} create={r.create} from={paths.rounds()}>
        <RoundForm fields={making.fields} problems={making.problems} set={making.set} />
      </MakeForm>
    </InspectionPage>
  )
}
