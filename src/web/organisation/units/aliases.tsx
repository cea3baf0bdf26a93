import { Button, Input } from 'antd'
import { useState } from 'react'
import { confirmAlias, forgetAlias, type Unit } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { useDialog } from '../../ui/office/dialogs.ts'
import { Field } from '../../ui/office/field.tsx'
import { Trouble } from '../../ui/office/page.tsx'
import { tellDone } from '../../ui/office/undo-bar.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useOrganisationWords } from '../words/index.ts'
import { keepUnit, unitChanged } from './keep.ts'

/** The other names by which lists mean this unit. */
export function Aliases({ unit, mayEdit }: { unit: Unit; mayEdit: boolean }) {
  const { units: u } = useOrganisationWords()
  const dialog = useDialog(['alias'])
  const [error, setError] = useState<unknown>()
  const forget = async ({ id, alias }: Unit['aliases'][number]) => {
    setError(undefined)
    try {
      await ask(forgetAlias, { params: { aliasId: id } })
      await unitChanged()
      tellDone({
        text: u.aliasForgotten(alias),
        undo: async () => {
          await add(alias)
          return u.aliasAdded(alias)
        },
      })
    } catch (failed) {
      setError(failed)
    }
  }
  const add = async (alias: string) =>
    keepUnit(await ask(confirmAlias, { params: { unitId: unit.id }, body: { alias } }))
  return (
    <>
      <h2>{u.aliases}</h2>
      {error !== undefined && <Trouble error={error} />}
      {unit.aliases.length === 0 ? (
        <p className="soft">{u.noAliases}</p>
      ) : (
        <ul className="lines">
          {unit.aliases.map((each) => (
            <li key={each.id} className="selection">
              <Given>{each.alias}</Given>
              {mayEdit && (
                <span translate="no">
                  <Button
                    size="small"
                    type="text"
                    aria-label={u.forgetAlias(each.alias)}
                    onClick={() => void forget(each)}
                  >
                    <span aria-hidden="true">✕</span>
                  </Button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayEdit && !unit.closedAt && (
        <p>
          <Button onClick={() => dialog.open('alias')}>{u.addAlias}</Button>
        </p>
      )}
      {dialog.act === 'alias' && mayEdit && <AddAlias add={add} close={dialog.close} />}
    </>
  )
}

function AddAlias({ add, close }: { add: (alias: string) => Promise<void>; close: () => void }) {
  const { units: u } = useOrganisationWords()
  const [alias, setAlias] = useState('')
  return (
    <ActDialog
      first="unit-alias"
      title={u.addAlias}
      confirm={u.addAlias}
      ready={alias.trim() !== ''}
      close={close}
      act={async () => {
        await add(alias.trim())
        return { text: u.aliasAdded(alias.trim()) }
      }}
    >
      <p>{u.aliasLead}</p>
      <Field label={u.alias} name="unit-alias">
        <Input
          id="unit-alias"
          value={alias}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setAlias(event.target.value)}
        />
      </Field>
    </ActDialog>
  )
}
