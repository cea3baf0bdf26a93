import { Button, Checkbox, Radio } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { AdminPage } from '../admin/page.tsx'
import { type BulkInvitationView, inviteMany, listUnits, listUsers } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain } from '../core/query.ts'
import { useDistricts } from '../grid/districts.ts'
import { paths } from '../paths.ts'
import { Choice } from '../ui/office/choice.tsx'
import { Field } from '../ui/office/field.tsx'
import { Trouble } from '../ui/office/page.tsx'
import { type Named, RemoteSelect } from '../ui/office/remote-select.tsx'
import { tellDone } from '../ui/office/undo-bar.tsx'
import { InvitedMany } from './invited-many.tsx'
import { useAccountsWords } from './words.ts'

/** Accounts and links for many at once: by message, or as a list to print and hand out. */
export function Component() {
  const { r } = useAccountsWords()
  const [done, setDone] = useState<BulkInvitationView>()
  return (
    <AdminPage
      title={r.manyTitle}
      question={r.manyQuestion}
      trail={<Link to={paths.users()}>{r.title}</Link>}
    >
      {done ? <InvitedMany done={done} /> : <InviteForm done={setDone} />}
    </AdminPage>
  )
}

function InviteForm({ done }: { done: (view: BulkInvitationView) => void }) {
  const { r } = useAccountsWords()
  const districts = useDistricts()
  const [part, setPart] = useState<'all' | 'district' | 'unit'>('all')
  const [unit, setUnit] = useState<Named | null>(null)
  const [districtCode, setDistrict] = useState<string | null>(null)
  const [who, setWho] = useState<string[]>(['liaisons', 'leaders'])
  const [renew, setRenew] = useState(false)
  const [deliver, setDeliver] = useState<'message' | 'list'>('message')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const ready = who.length > 0 && (part === 'all' || (part === 'unit' ? unit : districtCode) !== null)
  const start = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const view = await ask(inviteMany, {
        body: {
          ...(part === 'unit' && unit ? { unitId: unit.id } : {}),
          ...(part === 'district' && districtCode ? { districtCode } : {}),
          ...{ liaisons: who.includes('liaisons'), leaders: who.includes('leaders'), renew, deliver },
        },
      })
      await readAgain(listUsers)
      tellDone({ text: r.manyDone(view.invited.length, view.created) })
      done(view)
    } catch (failed) {
      setError(failed)
    }
    setBusy(false)
  }
  return (
    <form
      className="panel padded stack"
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault()
        if (ready) void start()
      }}
    >
      <p>{r.manyLead}</p>
      <div className="fields">
        <fieldset className="plain field wide">
          <legend className="label">{r.part}</legend>
          <Radio.Group
            value={part}
            onChange={({ target }) => setPart(target.value)}
            options={[
              { value: 'all', label: r.all },
              { value: 'district', label: r.district },
              { value: 'unit', label: r.unit },
            ]}
          />
        </fieldset>
        {part === 'unit' && (
          <Field label={r.unit} name="many-unit">
            <RemoteSelect
              id="many-unit"
              find={listUnits}
              placeholder={r.chooseUnit}
              value={unit}
              onChange={setUnit}
            />
          </Field>
        )}
        {part === 'district' && (
          <Field label={r.district} name="many-district">
            <Choice
              given
              id="many-district"
              label={r.district}
              all={r.chooseDistrict}
              options={districts.options}
              value={districtCode}
              onChange={setDistrict}
            />
          </Field>
        )}
        <fieldset className="plain field wide">
          <legend className="label">{r.who}</legend>
          <Checkbox.Group
            value={who}
            onChange={setWho}
            options={[
              { value: 'liaisons', label: r.liaisons },
              { value: 'leaders', label: r.leaders },
            ]}
          />
          <p>
            <Checkbox checked={renew} onChange={({ target }) => setRenew(target.checked)}>
              {r.again}
            </Checkbox>
          </p>
        </fieldset>
        <fieldset className="plain field wide">
          <legend className="label">{r.deliver}</legend>
          <Radio.Group
            value={deliver}
            onChange={({ target }) => setDeliver(target.value)}
            options={[
              { value: 'message', label: r.byMessage },
              { value: 'list', label: r.list },
            ]}
          />
        </fieldset>
      </div>
      {error !== undefined && <Trouble error={error} />}
      <div className="formfoot">
        <Button type="primary" htmlType="submit" disabled={!ready} loading={busy}>
          {r.start}
        </Button>
      </div>
    </form>
  )
}
