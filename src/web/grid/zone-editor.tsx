import { Button } from 'antd'
import {
  changeZone,
  closeZone,
  listZones,
  mapZones,
  readZone,
  reopenZone,
  type ZoneDetail,
} from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { queries, queryKey, readAgain } from '../core/query.ts'
import { paths } from '../paths.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { EditForm } from '../ui/office/edit-form.tsx'
import { type Editable, useEditing } from '../ui/office/editing.ts'
import { LinkButton } from '../ui/office/link-button.tsx'
import { useGridWords } from './words.ts'
import { changeOf, fieldOf, fieldsOf, problemsOf, type ZoneField, type ZoneFields } from './zone-fields.ts'
import { useShowZoneField, useZoneLabels, ZoneForm } from './zone-form.tsx'

/** The zone as it is now, for whoever looks at it, at the map or at a list. */
function keepZone(zone: ZoneDetail): void {
  queries.setQueryData(queryKey(readZone, { params: { zoneId: zone.id } }), zone)
  void readAgain(listZones, mapZones)
}

/** What happens to a zone as a whole: parts of it, closing and opening again. */
export function ZoneActs({ zone }: { zone: ZoneDetail }) {
  const { r } = useGridWords()
  const dialog = useDialog(['closure'])
  const closed = zone.closedAt !== null
  const may = zone.allowed.includes(closed ? 'reopenZone' : 'closeZone')
  const become = async (close: boolean, version = zone.version) => {
    const saved = await ask(close ? closeZone : reopenZone, { params: { zoneId: zone.id } }, { version })
    keepZone(saved)
    return saved.version
  }
  return (
    <>
      {may && (
        <Button danger={!closed} onClick={() => dialog.open('closure')}>
          {closed ? r.reopen : r.close}
        </Button>
      )}
      <LinkButton to={paths.printZone(zone.id)} text={r.print} />
      <LinkButton to={`${paths.zones()}?parentId=${zone.id}`} text={r.parts} />
      {zone.allowed.includes('changeZone') && !closed && (
        <LinkButton to={paths.splitZone(zone.id)} text={r.splitUp} />
      )}
      {zone.allowed.includes('changeZone') && !closed && (
        <LinkButton primary to={`${paths.newZone()}?parentId=${zone.id}`} text={r.split} />
      )}
      {dialog.act === 'closure' && may && (
        <ActDialog
          ready
          danger={!closed}
          title={closed ? r.reopen : r.close}
          confirm={closed ? r.reopen : r.close}
          close={dialog.close}
          act={async () => {
            const version = await become(!closed)
            return {
              text: closed ? r.reopened : r.closedDone,
              undo: async () => {
                await become(closed, version)
                return closed ? r.closedDone : r.reopened
              },
            }
          }}
        >
          <p>{closed ? r.reopenLead : r.closeLead}</p>
        </ActDialog>
      )}
    </>
  )
}

function useEditable(): Editable<ZoneDetail, ZoneFields> {
  const { w, r } = useGridWords()
  return {
    fieldsOf,
    problemsOf: (fields) => problemsOf(fields, w, r),
    async read({ id }) {
      const zone = await ask(readZone, { params: { zoneId: id } })
      keepZone(zone)
      return zone
    },
    async send({ id, version }, before, fields) {
      const body = changeOf(before, fields)
      const saved = await ask(changeZone, { params: { zoneId: id }, body }, { version })
      keepZone(saved)
      return saved
    },
    fieldOf,
    inputOf: (field) => `zone-${field}`,
  }
}

/** The form of a zone that is there. */
export function ZoneEditor({ zone }: { zone: ZoneDetail }) {
  const { r } = useGridWords()
  const labels = useZoneLabels()
  const show = useShowZoneField()
  const editing = useEditing(zone, useEditable())
  const { mine, problems, set } = editing
  return (
    <>
      <h2>{r.edit}</h2>
      <EditForm editing={editing} label={(field) => labels[field as ZoneField]} show={show}>
        <ZoneForm fields={mine} problems={problems} districtCode={zone.districtCode} set={set} />
      </EditForm>
    </>
  )
}
