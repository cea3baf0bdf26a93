import { Checkbox, InputNumber } from 'antd'
import { type RankingGroup, rankingGroups } from '#modules/inspection/words.ts'
import { createRanking, listRankings, listRounds, type Round } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain, useAll } from '../../core/query.ts'
import { serverNow, wallOf } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { paths } from '../../paths.ts'
import { Choice } from '../../ui/office/choice.tsx'
import type { Problems } from '../../ui/office/editing.ts'
import { Field } from '../../ui/office/field.tsx'
import { MakeForm, useMaking } from '../../ui/office/making.tsx'
import { Arriving } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { optionsOf } from '../options.ts'
import { InspectionPage } from '../page.tsx'
import { fitsBeside, isRanked, monthsUntil, type RankingFields, usual } from './fields.ts'
import { useMonthText } from './texts.ts'
import { useRankingWords } from './words/index.ts'

const inputOf = (field: string) => `ranking-${field}`
const terms = ['fieldWeight', 'pointsMin', 'dueMin'] as const

/** Of which month and group, and of which rounds? */
export function Component() {
  const { r } = useRankingWords()
  const found = useAll(listRounds, { query: { state: 'closed' } })
  return (
    <InspectionPage narrow title={r.newTitle} question={r.newQuestion}>
      {found.data ? <Form rounds={found.data.filter(isRanked)} /> : <Arriving found={found} />}
    </InspectionPage>
  )
}

function Form({ rounds }: { rounds: readonly Round[] }) {
  const { r, say } = useRankingWords()
  const months = monthsUntil(wallOf(serverNow(), cityZone()).slice(0, 7), 12)
  const monthText = useMonthText()
  const making = useMaking<RankingFields>({
    begun: { month: months[0]!, group: null, roundIds: [], ...usual },
    problemsOf: ({ month, group, roundIds }): Problems<RankingFields> => ({
      ...(month ? {} : { month: r.chooseMonth }),
      ...(group ? {} : { group: r.chooseGroup }),
      ...(roundIds.length > 0 ? {} : { roundIds: r.chooseRounds }),
    }),
    async make({ month, group, roundIds, fieldWeight, pointsMin, dueMin }, keyFor) {
      const [first] = rounds.filter(({ id }) => roundIds.includes(id))
      const body = {
        ...{ month: month!, group: group!, issuerUnitId: first!.issuer.id, roundIds: [...roundIds] },
        fieldWeight: (fieldWeight ?? usual.fieldWeight) / 100,
        pointsMin: pointsMin ?? usual.pointsMin,
        dueMin: dueMin ?? usual.dueMin,
      }
      const made = await ask(createRanking, { body }, { key: keyFor(body) })
      await readAgain(listRankings)
      return { text: r.created, to: paths.ranking(made.id) }
    },
    fieldOf({ problem: { code } }) {
      if (code === 'ranking.future' || code === 'ranking.taken') return 'month'
      return code === 'ranking.round_unfit' ? 'roundIds' : undefined
    },
    inputOf,
  })
  const { fields, problems, set } = making
  return (
    <MakeForm making={making} create={r.create} from={paths.rankings()}>
      <div className="fields">
        <Field label={r.month} name={inputOf('month')} wrong={problems.month}>
          <Choice
            id={inputOf('month')}
            label={r.month}
            all={r.chooseMonth}
            options={months.map((value) => ({ value, label: monthText(value) }))}
            value={fields.month}
            onChange={(month) => set({ month })}
          />
        </Field>
        <Field label={r.group} name={inputOf('group')} wrong={problems.group}>
          <Choice
            id={inputOf('group')}
            label={r.group}
            all={r.chooseGroup}
            options={optionsOf(rankingGroups, say)}
            value={fields.group}
            onChange={(group) => set({ group: group as RankingGroup | null })}
          />
        </Field>
        <Field wide label={r.rounds} name={inputOf('roundIds')} hint={r.roundsHint} wrong={problems.roundIds}>
          <Rounds rounds={rounds} chosen={fields.roundIds} set={(roundIds) => set({ roundIds })} />
        </Field>
        {terms.map((term) => (
          <Field key={term} label={r[term]} name={inputOf(term)} hint={r[`${term}Hint`]}>
            <InputNumber
              id={inputOf(term)}
              min={term === 'fieldWeight' ? 0 : 1}
              max={term === 'fieldWeight' ? 100 : 1000}
              precision={0}
              controls={false}
              value={fields[term]}
              onChange={(value) => set({ [term]: value })}
            />
          </Field>
        ))}
      </div>
    </MakeForm>
  )
}

interface RoundsProps {
  rounds: readonly Round[]
  chosen: readonly string[]
  set: (roundIds: readonly string[]) => void
}

/** Rounds to tick; those that cannot stand beside the ticked ones are pale. */
function Rounds({ rounds, chosen, set }: RoundsProps) {
  const { r } = useRankingWords()
  const ticked = rounds.filter(({ id }) => chosen.includes(id))
  if (rounds.length === 0) return <p className="soft">{r.noRounds}</p>
  return (
    <div className="lines" id={inputOf('roundIds')} tabIndex={-1}>
      {rounds.map((round) => (
        <Checkbox
          key={round.id}
          checked={chosen.includes(round.id)}
          disabled={!fitsBeside(round, ticked)}
          onChange={({ target }) =>
            set(target.checked ? [...chosen, round.id] : chosen.filter((id) => id !== round.id))
          }
        >
          <Given>{`${round.label} ${round.title}`}</Given>{' '}
          <span className="soft">
            <Given>{round.issuer.name}</Given> · <Given>{round.scheme.name}</Given>
          </span>
        </Checkbox>
      ))}
    </div>
  )
}
