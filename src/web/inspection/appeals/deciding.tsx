import { Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { appealOutcomes } from '#modules/inspection/words.ts'
import {
  type Appeal,
  decideAppeal,
  listAppeals,
  listCases,
  readAppeal,
  readRanking,
  readVisit,
  withdrawAppeal,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain } from '../../core/query.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Field } from '../../ui/office/field.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { AnswerField } from '../ranking/answer-field.tsx'
import { type Wish, wishOf, wishReady } from '../ranking/wish.ts'
import { useAppealsWords } from './words/index.ts'

interface Props {
  appeal: Appeal
  close: () => void
}

const changed = () => readAgain(readAppeal, listAppeals, readRanking, readVisit, listCases)

/** What somebody else decided meanwhile, and why. */
function Now({ appeal: { outcome, decision } }: { appeal: Appeal }) {
  const { r, w, say } = useAppealsWords()
  return (
    <p>
      {w.conflict.now}
      <strong>{outcome ? say(appealOutcomes[outcome]) : r.open}</strong>
      {decision && (
        <>
          {' · '}
          <Given>{decision}</Given>
        </>
      )}
    </p>
  )
}

/** What stands there, and what its standard admits. */
const askedOf = ({ seen, standard }: Appeal) => ({ ...seen, standard })
/** The wish of the unit, as the field shows it: of a count the answer follows. */
const begun = ({ wanted }: Appeal): Wish =>
  wanted.count === null ? { ...wanted } : { answer: 'met', count: wanted.count }

/** Corrects the observation: as the unit asks, or as the office found it to be. */
export function Grant({ appeal, close }: Props) {
  const { r } = useAppealsWords()
  const [wish, setWish] = useState(() => begun(appeal))
  const [reason, setReason] = useState('')
  const asked = askedOf(appeal)
  return (
    <ActDialog
      title={r.grant}
      confirm={r.grant}
      first="appeal-reason"
      ready={reason.trim() !== '' && wishReady(asked, wish)}
      close={close}
      again={changed}
      now={<Now appeal={appeal} />}
      act={async () => {
        const body = { outcome: 'granted' as const, reason: reason.trim(), ...wishOf(asked, wish) }
        await ask(decideAppeal, { params: { appealId: appeal.id }, body })
        await changed()
        return { text: r.granted }
      }}
    >
      <p>{r.grantLead}</p>
      <AnswerField asked={asked} wish={wish} set={setWish} />
      <Reason reason={reason} set={setReason} />
    </ActDialog>
  )
}

/** Leaves the observation as it is, and says why. */
export function Refuse({ appeal, close }: Props) {
  const { r } = useAppealsWords()
  return (
    <Reasoned
      appeal={appeal}
      title={r.refuse}
      lead={r.refuseLead}
      close={close}
      act={async (reason) => {
        const body = { outcome: 'refused' as const, reason }
        await ask(decideAppeal, { params: { appealId: appeal.id }, body })
        await changed()
        return { text: r.refused }
      }}
    />
  )
}

/** The unit takes it back. */
export function Withdraw({ appeal, close }: Props) {
  const { r } = useAppealsWords()
  return (
    <Reasoned
      optional
      appeal={appeal}
      title={r.withdraw}
      lead={r.withdrawLead}
      close={close}
      act={async (reason) => {
        const body = { reason: reason || null }
        await ask(withdrawAppeal, { params: { appealId: appeal.id }, body })
        await changed()
        return { text: r.withdrawn }
      }}
    />
  )
}

interface ReasonedProps {
  appeal: Appeal
  title: string
  lead: ReactNode
  optional?: boolean
  act: (reason: string) => Promise<{ text: string }>
  close: () => void
}

function Reasoned({ appeal, title, lead, optional = false, act, close }: ReasonedProps) {
  const [reason, setReason] = useState('')
  return (
    <ActDialog
      title={title}
      confirm={title}
      first="appeal-reason"
      ready={optional || reason.trim() !== ''}
      close={close}
      again={changed}
      now={<Now appeal={appeal} />}
      act={() => act(reason.trim())}
    >
      <p>{lead}</p>
      <Reason optional={optional} reason={reason} set={setReason} />
    </ActDialog>
  )
}

function Reason({
  reason,
  optional = false,
  set,
}: {
  reason: string
  optional?: boolean
  set: (reason: string) => void
}) {
  const { r } = useAppealsWords()
  return (
    <Field label={r.note} name="appeal-reason" optional={optional}>
      <Input.TextArea
        id="appeal-reason"
        rows={3}
        maxLength={500}
        value={reason}
        onChange={({ target }) => set(target.value)}
      />
    </Field>
  )
}
