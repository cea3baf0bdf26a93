import { Input, InputNumber } from 'antd'
import { useState } from 'react'
import { type YearProblem, yearProblems } from '#platform/calendar/words.ts'
import { enterWorkdayYear, listWorkdayYears, type WorkdayYear } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain } from '../core/query.ts'
import { isRefusal } from '../core/refused.ts'
import type { Wall } from '../core/time.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Field } from '../ui/office/field.tsx'
import { MomentPicker } from '../ui/office/moment-picker.tsx'
import { type NoticeDays, noticeDays } from './notice-days.ts'
import { useSystemWords } from './words.ts'

interface Props {
  /** As it is now: read again when somebody else was faster. */
  year: WorkdayYear
  show: (day: string) => string
  close: () => void
}

/** The notice of a year, as a whole. What is typed stays when somebody else was faster, and theirs is shown. */
export function EnterYear({ year: now, show, close }: Props) {
  const { r } = useSystemWords()
  const { year, version } = now
  const [rest, setRest] = useState(now.restDays.join('\n'))
  const [makeUp, setMakeUp] = useState(now.makeUpWorkdays.join('\n'))
  const [source, setSource] = useState(now.source ?? '')
  const [publishedOn, setPublishedOn] = useState<Wall | null>(now.publishedOn && `${now.publishedOn}T00:00`)
  const [granted, setGranted] = useState(now.grantedDays)
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [restDays, makeUpDays] = [noticeDays(rest, year), noticeDays(makeUp, year)]
  const enter = async () => {
    setProblems([])
    const body = {
      ...{ restDays: restDays.days, makeUpWorkdays: makeUpDays.days },
      ...{ grantedDays: granted, source: source.trim(), publishedOn: publishedOn?.slice(0, 10) ?? '' },
    }
    const saved = ask(enterWorkdayYear, { params: { year }, body }, { version })
    saved.catch((error: unknown) => setProblems(problemsOf(error)))
    await saved
    await readAgain(listWorkdayYears)
    return { text: r.yearEntered(year) }
  }
  const understood = restDays.wrong.length + makeUpDays.wrong.length === 0
  return (
    <ActDialog
      title={r.enterTitle(year)}
      confirm={r.enterYear}
      first="year-rest"
      ready={understood && restDays.days.length > 0 && source.trim() !== '' && publishedOn !== null}
      act={enter}
      again={() => readAgain(listWorkdayYears)}
      now={<p>{r.yearNow(now.restDays.length, now.makeUpWorkdays.length)}</p>}
      close={close}
    >
      <p>{r.enterYearLead}</p>
      <DayLines
        id="year-rest"
        label={r.restDays}
        hint={r.daysHint}
        {...{ value: rest, set: setRest, show }}
        read={restDays}
      />
      <DayLines
        id="year-make-up"
        label={r.makeUpDays}
        {...{ value: makeUp, set: setMakeUp, show }}
        read={makeUpDays}
      />
      <Field label={r.source} name="year-source" hint={r.sourceHint}>
        <Input
          id="year-source"
          value={source}
          maxLength={200}
          aria-required
          onChange={({ target }) => setSource(target.value)}
        />
      </Field>
      <Field label={r.published} name="year-published">
        <MomentPicker dayOnly id="year-published" zone="UTC" value={publishedOn} onChange={setPublishedOn} />
      </Field>
      <Field optional label={r.granted} name="year-granted" hint={r.grantedHint}>
        <InputNumber
          id="year-granted"
          min={0}
          max={10}
          value={granted}
          onChange={(days) => setGranted(days ?? 0)}
        />
      </Field>
      {problems.length > 0 && <Problems problems={problems} show={show} />}
    </ActDialog>
  )
}

interface DayLinesProps {
  id: string
  label: string
  hint?: string
  value: string
  set: (value: string) => void
  read: NoticeDays
  show: (day: string) => string
}

/** Days typed or pasted, and how they were understood. */
function DayLines({ id, label, hint, value, set, read, show }: DayLinesProps) {
  const { r, language } = useSystemWords()
  const wrong = read.wrong.length > 0 ? r.notDays(read.wrong.join(' ')) : undefined
  return (
    <>
      <Field label={label} name={id} hint={hint} wrong={wrong}>
        <Input.TextArea id={id} rows={4} value={value} onChange={({ target }) => set(target.value)} />
      </Field>
      {read.days.length > 0 && (
        <p className="soft" aria-live="polite">
          {r.understood(read.days.length, read.days.map(show).join(language === 'zh' ? '、' : ', '))}
        </p>
      )}
    </>
  )
}

interface Problem {
  because: YearProblem
  days: string[]
}

function problemsOf(error: unknown): readonly Problem[] {
  if (!isRefusal(error, 422, 'workdays.invalid')) return []
  return (error.problem.details as { problems?: Problem[] }).problems ?? []
}

function Problems({ problems, show }: { problems: readonly Problem[]; show: (day: string) => string }) {
  const { say } = useSystemWords()
  return (
    <ul className="dots">
      {problems.map(({ because, days }) => (
        <li key={because} className="bad">
          {say(yearProblems[because])} {days.map(show).join(' ')}
        </li>
      ))}
    </ul>
  )
}
