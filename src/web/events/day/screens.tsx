import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { issueScreen, listScreens, revokeScreen } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain, useAsk } from '../../core/query.ts'
import { Field } from '../../ui/office/field.tsx'
import { Trouble } from '../../ui/office/page.tsx'
import { Panel } from '../../ui/office/panel.tsx'
import { tellDone } from '../../ui/office/undo-bar.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'

/** The links that show the event on screens: made, and taken back. */
export function Screens({ eventId }: { eventId: string }) {
  const { w } = useWords()
  const found = useAsk(listScreens, { params: { eventId } })
  const [name, setName] = useState('')
  const [url, setUrl] = useState<string>()
  const [error, setError] = useState<unknown>()
  const make = async (event: FormEvent) => {
    event.preventDefault()
    setError(undefined)
    try {
      const made = await ask(issueScreen, { params: { eventId }, body: { name: name.trim() } })
      setUrl(made.url)
      setName('')
      await readAgain(listScreens)
    } catch (failed) {
      setError(failed)
    }
  }
  const revoke = async (screenId: string) => {
    setError(undefined)
    try {
      await ask(revokeScreen, { params: { screenId } })
      setUrl(undefined)
      await readAgain(listScreens)
      tellDone({ text: w.live.revoked })
    } catch (failed) {
      setError(failed)
    }
  }
  return (
    <Panel label={w.live.screens}>
      <h2>{w.live.screens}</h2>
      <p className="soft">{w.live.screensHint}</p>
      {error !== undefined && <Trouble error={error} />}
      <ul className="screens">
        {found.data?.items.map(({ id, name: at }) => (
          <li key={id}>
            <Given>{at}</Given>
            <Button size="small" onClick={() => void revoke(id)}>
              {w.live.revoke}
            </Button>
          </li>
        ))}
      </ul>
      {url && (
        <p className="note" role="status">
          {w.live.screenMade}{' '}
          <a href={url} target="_blank" rel="noreferrer" translate="no">
            {url}
          </a>
        </p>
      )}
      <form className="screen-form" onSubmit={(event) => void make(event)}>
        <Field label={w.live.screenName} name="screen-name" hint={w.live.screenNameHint}>
          <Input
            id="screen-name"
            required
            maxLength={40}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Button htmlType="submit">{w.live.makeScreen}</Button>
      </form>
    </Panel>
  )
}
