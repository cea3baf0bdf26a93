import { Button } from 'antd'
import { useParams } from 'react-router'
import { cadences, expansionScopes } from '#modules/command/words.ts'
import { responsibilityLevels, zoneKinds } from '#modules/grid/words.ts'
import { endTaskTemplate, listTaskTemplates, readBook, type TaskTemplate } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { paths } from '../paths.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { LinkButton } from '../ui/office/link-button.tsx'
import { Empty, Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { Expand } from './expand.tsx'
import { NewTemplate } from './new-template.tsx'
import { OpenDialog } from './open-dialog.tsx'
import { CityPage } from './page.tsx'
import { useCityWords } from './words.ts'

/** What does this book make for each of a scope, once or in every period? */
export function Component() {
  const { r } = useCityWords()
  const { bookId = '' } = useParams()
  const { act, of, open, close } = useDialog(['new', 'expand', 'end'])
  const book = useAsk(readBook, { params: { bookId } })
  const found = useAsk(listTaskTemplates, { params: { bookId } })
  const templates = found.data?.items ?? []
  const chosen = templates.find(({ id }) => id === of)
  const mayEdit = book.data?.allowed.edit === true
  return (
    <CityPage
      title={book.data?.title ?? r.templates}
      given={book.data !== undefined}
      question={r.templatesQuestion}
      acts={
        <>
          <LinkButton to={paths.book(bookId)} text={r.book} />
          {mayEdit && <OpenDialog primary text={r.newTemplate} open={() => open('new')} />}
        </>
      }
    >
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={6} />}
      {found.isSuccess && (
        <section className="panel table" aria-label={r.templates}>
          {templates.length === 0 ? (
            <Empty text={r.emptyTemplates} />
          ) : (
            <Templates templates={templates} mayEdit={mayEdit} open={open} />
          )}
        </section>
      )}
      {book.data && act === 'new' && <NewTemplate book={book.data} close={close} />}
      {chosen && act === 'expand' && <Expand template={chosen} close={close} />}
      {chosen && act === 'end' && <End template={chosen} close={close} />}
    </CityPage>
  )
}

interface TemplatesProps {
  templates: TaskTemplate[]
  mayEdit: boolean
  open: (act: 'expand' | 'end', of: string) => void
}

function Templates({ templates, mayEdit, open }: TemplatesProps) {
  const { r, say } = useCityWords()
  const scopeOf = ({ scope, within }: TaskTemplate) =>
    [
      say(expansionScopes[scope]),
      ...(within.level ? [say(responsibilityLevels[within.level])] : []),
      ...(within.zoneKinds ?? []).map((kind) => say(zoneKinds[kind])),
    ].join(' · ')
  const columns: Column<TaskTemplate>[] = [
    { key: 'number', title: r.number, cell: ({ outline }) => <Given>{outline}</Given> },
    { key: 'item', title: r.item, names: true, cell: ({ text }) => <Given>{text}</Given> },
    { key: 'scope', title: r.scope, cell: scopeOf },
    {
      key: 'cadence',
      title: r.cadence,
      cell: ({ cadence, dueDay }) => [say(cadences[cadence]), ...(dueDay ? [dueDay] : [])].join(' · '),
    },
    { key: 'made', title: r.made, number: true, cell: ({ tasks }) => r.tasksMade(tasks) },
    {
      key: 'acts',
      title: r.acts,
      cell: ({ id, endedAt }) =>
        endedAt ? (
          <span className="soft">{r.ended}</span>
        ) : (
          mayEdit && (
            <span className="task-acts">
              <Button onClick={() => open('expand', id)}>{r.expand}</Button>
              <Button onClick={() => open('end', id)}>{r.endTemplate}</Button>
            </span>
          )
        ),
    },
  ]
  return <DataTable caption={r.templates} columns={columns} rows={templates} keyOf={({ id }) => id} />
}

function End({ template, close }: { template: TaskTemplate; close: () => void }) {
  const { r } = useCityWords()
  return (
    <ActDialog
      title={r.endTemplate}
      confirm={r.endTemplate}
      ready
      close={close}
      again={() => readAgain(listTaskTemplates)}
      act={async () => {
        await ask(endTaskTemplate, { params: { templateId: template.id } }, { version: template.version })
        await readAgain(listTaskTemplates)
        return { text: r.ended }
      }}
    >
      <p>{r.endLead}</p>
    </ActDialog>
  )
}
