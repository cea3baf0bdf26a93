import { Button, Input, Modal } from 'antd'
import { type FormEvent, useState } from 'react'
import { signIn } from '../../api/operations.ts'
import { addressOf } from '../../core/operation.ts'
import { isRefusal, Refused, refusalOf, Unreachable } from '../../core/refused.ts'
import { me, revive, session } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { paths, servicePaths } from '../../paths.ts'
import { useWords } from '../../words/index.ts'
import { Field } from './field.tsx'
import { Trouble } from './page.tsx'

/** Signs in as the user of this page and lets what waits go on. @throws Refused, Unreachable */
async function signInAgain(login: string, password: string): Promise<void> {
  // Not by `ask`: it would name the user of this page, while another one is signed in.
  const response = await fetch(addressOf(signIn, {}), {
    method: signIn.method,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ login, password, kind: 'cookie' }),
  }).catch(() => {
    throw new Unreachable()
  })
  if (!response.ok) throw await refusalOf(response)
  await revive()
}

/** Over the untouched page when its session is over: sign in, and whatever was being done goes on. */
export function SessionDialog() {
  const { w } = useWords()
  const state = useStore(session)
  const mine = useStore(me)
  const open = state !== 'open' && mine !== undefined
  return (
    <Modal
      open={open}
      title={state === 'other' ? w.session.other : w.session.ended}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      afterOpenChange={(shown) => shown && document.getElementById('session-password')?.focus()}
      footer={null}
      destroyOnHidden
      width={460}
    >
      {mine && (
        <SignInForm
          login={mine.login}
          text={state === 'other' ? w.session.otherText(mine.name) : w.session.endedText}
          other={state === 'other'}
        />
      )}
    </Modal>
  )
}

function SignInForm({ login, text, other }: { login: string; text: string; other: boolean }) {
  const { w, language } = useWords()
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    await signInAgain(login, password).catch(setError)
    setBusy(false)
  }
  return (
    <form className="stack" onSubmit={submit}>
      <p>{text}</p>
      {error !== undefined && <SignInTrouble error={error} />}
      <Field label={w.session.login} name="session-login">
        <Input id="session-login" value={login} readOnly autoComplete="username" translate="no" />
      </Field>
      <Field label={w.session.password} name="session-password">
        <Input
          id="session-password"
          type="password"
          value={password}
          required
          autoComplete="current-password"
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Button type="primary" htmlType="submit" block loading={busy}>
        {w.session.signIn}
      </Button>
      <p className="soft">
        <a href={servicePaths.signIn(paths.events(), language)} target="_blank" rel="noreferrer">
          {w.session.elsewhere}
        </a>
        <br />
        {w.session.elsewhereHint}
      </p>
      {other && (
        <Button block onClick={() => window.location.reload()}>
          {w.session.becomeOther}
        </Button>
      )}
    </form>
  )
}

function SignInTrouble({ error }: { error: unknown }) {
  const { w } = useWords()
  if (error instanceof Refused && error.problem.code === 'attempts.wait')
    return <Note text={w.session.wait} />
  if (isRefusal(error, 401)) return <Note text={w.session.failed} />
  return <Trouble error={error} />
}

function Note({ text }: { text: string }) {
  return (
    <p className="note bad" role="alert">
      {text}
    </p>
  )
}
