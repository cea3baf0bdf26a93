import { Button, Input } from 'antd'
import { useState } from 'react'
import { confirmPhoneChange, requestPhoneChange } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { me, whoIsSignedIn } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { servicePaths } from '../paths.ts'
import { Field } from '../ui/office/field.tsx'
import { Page, Trouble } from '../ui/office/page.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { tellDone } from '../ui/office/undo-bar.tsx'
import { Given } from '../ui/plain/given.tsx'
import { Roles } from './roles.tsx'
import { Sessions } from './sessions.tsx'
import { useAccountsWords } from './words.ts'

/** One's own account: what it may do, the password, the phone number, and where one is signed in. */
export function Component() {
  const { r, w, language } = useAccountsWords()
  const mine = useStore(me)
  if (!mine) return null
  return (
    <Page title={r.account} windowTitle={r.account} question={r.accountQuestion}>
      <div className="sheet">
        <div className="column">
          <Panel label={r.sessions}>
            <div className="panelhead">
              <h2>{r.sessions}</h2>
            </div>
            <Sessions mayEnd />
          </Panel>
          <Panel label={r.myPhone}>
            <ChangePhone phone={mine.phone} />
          </Panel>
        </div>
        <Panel aside label={r.facts}>
          <dl className="facts">
            <div>
              <dt>{r.name}</dt>
              <dd>
                <Given>{mine.name}</Given>
              </dd>
            </div>
            <div>
              <dt>{r.login}</dt>
              <dd translate="no" lang="en">
                {mine.login}
              </dd>
            </div>
            <div>
              <dt>{r.roles}</dt>
              <dd>
                <Roles grants={mine.grants} />
              </dd>
            </div>
            <div>
              <dt>{r.password}</dt>
              <dd>
                <a href={servicePaths.password(language)}>{w.menu.password}</a>
                <p className="soft">{r.passwordLead}</p>
              </dd>
            </div>
          </dl>
        </Panel>
      </div>
    </Page>
  )
}

/** Another number for one's own account, by a code to the old and one to the new. */
function ChangePhone({ phone }: { phone: string | null }) {
  const { r } = useAccountsWords()
  const [wanted, setWanted] = useState('')
  const [change, setChange] = useState<string>()
  const [codes, setCodes] = useState({ oldCode: '', newCode: '' })
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    setError(undefined)
    await work().catch(setError)
    setBusy(false)
  }
  const send = () =>
    attempt(async () => setChange((await ask(requestPhoneChange, { body: { phone: wanted } })).id))
  const confirm = () =>
    attempt(async () => {
      await ask(confirmPhoneChange, { params: { phoneChangeId: change ?? '' }, body: codes })
      me.set(await whoIsSignedIn())
      setChange(undefined)
      setWanted('')
      setCodes({ oldCode: '', newCode: '' })
      tellDone({ text: r.phoneChanged })
    })
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault()
        void (change ? confirm() : send())
      }}
    >
      <h2>{r.myPhone}</h2>
      <p>
        <span translate="no">{phone ?? r.notBound}</span>
      </p>
      <p className="soft">{r.changePhoneLead}</p>
      {phone && (
        <div className="fields">
          <Field wide label={r.newNumber} name="my-phone">
            <Input
              id="my-phone"
              type="tel"
              value={wanted}
              maxLength={60}
              disabled={change !== undefined}
              onChange={(event) => setWanted(event.target.value)}
            />
          </Field>
          {change &&
            (['oldCode', 'newCode'] as const).map((name) => (
              <Field key={name} label={r[name]} name={`my-${name}`}>
                <Input
                  id={`my-${name}`}
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  value={codes[name]}
                  maxLength={6}
                  onChange={(event) => setCodes({ ...codes, [name]: event.target.value })}
                />
              </Field>
            ))}
        </div>
      )}
      {error !== undefined && <Trouble error={error} />}
      {phone && (
        <Button
          htmlType="submit"
          loading={busy}
          disabled={change ? !codes.oldCode || !codes.newCode : wanted.trim() === ''}
        >
          {change ? r.confirmPhone : r.sendCodes}
        </Button>
      )}
    </form>
  )
}
