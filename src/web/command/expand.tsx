import { useEffect, useState } from 'react'
import { skipReasons } from '#modules/command/words.ts'
import {
  type ExpansionPreview,
  expandTemplate,
  listTasks,
  listTaskTemplates,
  previewExpansion,
  readBook,
  type TaskTemplate,
} from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain } from '../core/query.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useCityWords } from './words.ts'

const shown = 10

/** 展开: says what would be made, reissued and left before it is done; does exactly this. */
export function Expand({ template, close }: { template: TaskTemplate; close: () => void }) {
  const { r } = useCityWords()
  const [preview, setPreview] = useState<ExpansionPreview>()
  const [error, setError] = useState<unknown>()
  const params = { templateId: template.id }
  const look = () => ask(previewExpansion, { params }).then(setPreview, setError)
  // biome-ignore lint/correctness/useExhaustiveDependencies: one preview for each template that is opened
  useEffect(() => {
    void look()
  }, [template.id])
  return (
    <ActDialog
      title={r.expand}
      confirm={preview ? r.expandAll(preview.made, preview.reissued) : r.expand}
      ready={preview !== undefined && preview.made + preview.reissued > 0}
      close={close}
      again={look}
      act={async () => {
        await ask(expandTemplate, { params, body: { token: preview!.token } })
        await readAgain(listTaskTemplates, listTasks, readBook)
        return { text: r.expanded }
      }}
    >
      <p>
        <Given>{template.text}</Given>
      </p>
      {error !== undefined && <Trouble error={error} />}
      {!preview && error === undefined && <Skeleton lines={3} />}
      {preview && (
        <>
          <p>{r.expansion(preview)}</p>
          <Skipped preview={preview} />
          <p className="soft">{r.expandLead}</p>
        </>
      )}
    </ActDialog>
  )
}

function Skipped({ preview: { skipped } }: { preview: ExpansionPreview }) {
  const { r, say } = useCityWords()
  if (skipped.length === 0) return null
  return (
    <div className="note warn">
      <p>{r.skipped(skipped.length)}</p>
      <ul>
        {skipped.slice(0, shown).map(({ zone, unit, because }) => (
          <li key={`${zone?.id} ${unit?.id} ${because}`}>
            <Given>{zone?.name ?? unit?.name ?? ''}</Given> · {say(skipReasons[because])}
          </li>
        ))}
      </ul>
    </div>
  )
}
