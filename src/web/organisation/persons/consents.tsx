import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import {
  type ConsentWord,
  consentWays,
  consentWords,
  enteredConsentWays,
} from '#modules/organisation/words.ts'
import {
  type GuardianConsent,
  listConsents,
  listPersons,
  type Person,
  recordConsent,
  withdrawConsent,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain, useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { dayText, instantOf, momentText } from '../../core/time.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Field } from '../../ui/office/field.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { MomentPicker } from '../../ui/office/moment-picker.tsx'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { tellDone } from '../../ui/office/undo-bar.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { useOrganisationWords } from '../words/index.ts'

/** Every statement of a guardian: yes or no, to what, from whom, how it was received; and the entering of another. */
export function Consents({ person, mayEdit }: { person: Person; mayEdit: boolean }) {
  const { say, language } = useWords()
  const { person: one } = useOrganisationWords()
  const { search, set } = useFilters()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const [error, setError] = useState<unknown>()
  const found = useAsk(listConsents, { params: { personId: person.id } })
  const withdraw = async (consentId: string) => {
    setError(undefined)
    try {
      await ask(withdrawConsent, { params: { personId: person.id, consentId } })
      await readAgain(listConsents, listPersons)
      tellDone({ text: one.withdrawnDone })
    } catch (failed) {
      setError(failed)
    }
  }
  const columns: Column<GuardianConsent>[] = [
    {
      key: 'says',
      title: one.says,
      names: true,
      cell: ({ says, withdrawnAt }) => (
        <span className={withdrawnAt ? 'soft' : says === 'no' ? 'bad' : 'good'}>
          <span aria-hidden="true">{says === 'no' ? '✕' : '✓'} </span>
          {say(consentWords[says])}
          {withdrawnAt && ` · ${one.withdrawn}`}
        </span>
      ),
    },
    {
      key: 'guardian',
      title: one.guardian,
      cell: ({ guardianName }) => <Given>{guardianName || '—'}</Given>,
    },
    { key: 'via', title: one.via, cell: ({ via }) => say(consentWays[via]) },
    {
      key: 'scope',
      title: one.scope,
      cell: ({ scope, validUntil }) => (
        <>
          <Given>{scope}</Given>
          {validUntil && (
            <div className="soft">
              {one.until(dayText(instantOf(`${validUntil}T00:00`, zone), zone, language))}
            </div>
          )}
        </>
      ),
    },
    {
      key: 'at',
      title: one.givenAt,
      cell: ({ givenAt }) => <span className="nowrap">{momentText(givenAt, zone, language)}</span>,
    },
  ]
  const acting: Column<GuardianConsent> = {
    key: 'act',
    title: one.act,
    cell: ({ id, says, withdrawnAt }) =>
      says === 'yes' &&
      !withdrawnAt && (
        <Button size="small" onClick={() => void withdraw(id)}>
          {one.withdraw}
        </Button>
      ),
  }
  return (
    <>
      <div className="filters">
        <h2>{one.consents}</h2>
        {mayEdit && (
          <span className="push">
            <Button onClick={() => set({ act: 'consent' })}>{one.record}</Button>
          </span>
        )}
      </div>
      {error !== undefined && <Trouble error={error} />}
      {found.isPending && <Skeleton lines={3} />}
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.data?.items.length === 0 && <p className="soft">{one.noConsents}</p>}
      {found.data && found.data.items.length > 0 && (
        <DataTable
          caption={one.consents}
          columns={mayEdit ? [...columns, acting] : columns}
          rows={found.data.items}
          keyOf={({ id }) => id}
        />
      )}
      {search.get('act') === 'consent' && mayEdit && (
        <Record person={person} zone={zone} close={() => set({ act: null })} />
      )}
    </>
  )
}

/** Enters what a guardian wrote or said. */
function Record({ person, zone, close }: { person: Person; zone: string; close: () => void }) {
  const { say } = useWords()
  const { person: one } = useOrganisationWords()
  const [says, setSays] = useState<ConsentWord>('yes')
  const [via, setVia] = useState<keyof typeof enteredConsentWays>('paper')
  const [guardianName, setGuardianName] = useState('')
  const [scope, setScope] = useState('')
  const [until, setUntil] = useState<string | null>(null)
  return (
    <ActDialog
      first="consent-guardian"
      title={one.recordTitle}
      confirm={one.record}
      ready={guardianName.trim() !== '' && scope.trim() !== ''}
      close={close}
      act={async () => {
        const body = {
          ...{ says, via, guardianName: guardianName.trim(), scope: scope.trim() },
          validUntil: until?.slice(0, 10) ?? null,
        }
        await ask(recordConsent, { params: { personId: person.id }, body })
        await readAgain(listConsents, listPersons)
        return { text: one.recorded(say(consentWords[says])) }
      }}
    >
      <p>{one.recordLead}</p>
      <fieldset className="plain">
        <legend className="label">{one.says}</legend>
        <Radio.Group name="consent-says" value={says} onChange={(event) => setSays(event.target.value)}>
          {(Object.keys(consentWords) as ConsentWord[]).map((each) => (
            <Radio key={each} value={each}>
              {say(consentWords[each])}
            </Radio>
          ))}
        </Radio.Group>
      </fieldset>
      <fieldset className="plain">
        <legend className="label">{one.via}</legend>
        <Radio.Group name="consent-via" value={via} onChange={(event) => setVia(event.target.value)}>
          {(Object.keys(enteredConsentWays) as (keyof typeof enteredConsentWays)[]).map((each) => (
            <Radio key={each} value={each}>
              {say(enteredConsentWays[each])}
            </Radio>
          ))}
        </Radio.Group>
      </fieldset>
      <Field label={one.guardian} name="consent-guardian">
        <Input
          id="consent-guardian"
          value={guardianName}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => setGuardianName(event.target.value)}
        />
      </Field>
      <Field label={one.scope} name="consent-scope" hint={one.scopeHint}>
        <Input
          id="consent-scope"
          value={scope}
          maxLength={300}
          onChange={(event) => setScope(event.target.value)}
        />
      </Field>
      <Field optional label={one.validUntil} name="consent-until">
        <MomentPicker
          id="consent-until"
          dayOnly
          zone={zone}
          placeholder={one.validUntil}
          value={until}
          onChange={setUntil}
        />
      </Field>
    </ActDialog>
  )
}
