import { changeRound, type Round, readRound } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { cityZone } from '../../core/zone.ts'
import { EditForm } from '../../ui/office/edit-form.tsx'
import { type Editable, useEditing } from '../../ui/office/editing.ts'
import { useRoundWords } from '../words/index.ts'
import { keepRound } from './keep-round.ts'
import { changeOf, fieldOf, fieldsOf, problemsOf, type RoundField, type RoundFields } from './round-fields.ts'
import { RoundForm, useRoundLabels, useShowRoundField } from './round-form.tsx'

function useEditable(): Editable<Round, RoundFields> {
  const { r, w } = useRoundWords()
  const zone = cityZone()
  return {
    fieldsOf: (round) => fieldsOf(round, zone),
    problemsOf: (fields) => problemsOf(fields, w, r),
    async read({ id }) {
      const round = await ask(readRound, { params: { roundId: id } })
      keepRound(round)
      return round
    },
    async send({ id, version }, before, fields) {
      const body = changeOf(before, fields, zone)
      const saved = await ask(changeRound, { params: { roundId: id }, body }, { version })
      keepRound(saved)
      return saved
    },
    fieldOf,
    inputOf: (field) => `round-${field}`,
  }
}

/** The form of a round that was not drawn yet. */
export function RoundEditor({ round }: { round: Round }) {
  const { r } = useRoundWords()
  const labels = useRoundLabels()
  const show = useShowRoundField()
  const editing = useEditing(round, useEditable())
  return (
    <>
      <h2>{r.edit}</h2>
      <EditForm editing={editing} label={(field) => labels[field as RoundField]} show={show}>
        <RoundForm known fields={editing.mine} problems={editing.problems} set={editing.set} />
      </EditForm>
    </>
  )
}
