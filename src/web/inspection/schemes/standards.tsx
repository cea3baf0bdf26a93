import { Button } from 'antd'
import { answerKinds, photoRules, severities, standardClasses } from '#modules/inspection/words.ts'
import {
  deleteStandard,
  listStandards,
  readScheme,
  type Scheme,
  type Standard,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { readAgain, useAsk } from '../../core/query.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useDialog } from '../../ui/office/dialogs.ts'
import { useFilters } from '../../ui/office/filters.ts'
import { Listing } from '../../ui/office/listing.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { Code } from '../code.tsx'
import { useSchemeWords } from '../words/index.ts'
import { EditStandard, NewStandard } from './standard-dialog.tsx'
import { dueText, thresholdsText } from './standard-fields.ts'
import { StandardFilters, standardFilters } from './standard-filters.tsx'

type Query = InputOf<typeof listStandards>['query']

/** The standards of a scheme in their order; while it is a draft they are written and changed here. */
export function Standards({ scheme }: { scheme: Scheme }) {
  const { r } = useSchemeWords()
  const { search } = useFilters()
  const { act, of, open, close } = useDialog(['add', 'standard', 'delete'])
  const query = queryIn<Query>(search, [...standardFilters, 'cursor', 'limit'])
  const found = useAsk(listStandards, { params: { schemeId: scheme.id }, query })
  const chosen = found.data?.items.find(({ id }) => id === of)
  const mayEdit = scheme.allowed.edit
  return (
    <>
      <StandardFilters scheme={scheme}>
        {mayEdit && (
          <span className="push">
            <Button onClick={() => open('add')}>{r.addStandard}</Button>
          </span>
        )}
      </StandardFilters>
      <Listing
        found={found}
        filtered={standardFilters.some((name) => search.get(name))}
        empty={{ all: r.emptyStandards, filtered: r.emptyStandardsFiltered }}
        count={r.foundStandards}
      >
        {(standards, old) => (
          <StandardTable
            scheme={scheme}
            standards={standards}
            old={old}
            {...(mayEdit ? { edit: (id) => open('standard', id), remove: (id) => open('delete', id) } : {})}
          />
        )}
      </Listing>
      {mayEdit && act === 'add' && <NewStandard scheme={scheme} close={close} />}
      {mayEdit && act === 'standard' && chosen && (
        <EditStandard key={chosen.id} scheme={scheme} standard={chosen} close={close} />
      )}
      {mayEdit && act === 'delete' && chosen && <DeleteStandard standard={chosen} close={close} />}
    </>
  )
}

interface TableProps {
  scheme: Scheme
  standards: Standard[]
  old: boolean
  edit?: (id: string) => void
  remove?: (id: string) => void
}

function StandardTable({ scheme, standards, old, edit, remove }: TableProps) {
  const { r, say } = useSchemeWords()
  const names = new Map(scheme.indicators.map(({ code, name }) => [code, name]))
  const columns: Column<Standard>[] = [
    { key: 'code', title: r.code, names: true, cell: ({ code }) => <Code>{code}</Code> },
    {
      key: 'text',
      title: r.text,
      cell: ({ text, indicator, pointClass }) => (
        <>
          <Given>{text}</Given>
          <div className="soft">
            {say(standardClasses[pointClass])}
            {indicator && (
              <>
                {' · '}
                <Given>{names.get(indicator) ?? indicator}</Given>
              </>
            )}
          </div>
        </>
      ),
    },
    { key: 'weight', title: r.weight, number: true, cell: ({ weight }) => weight },
    {
      key: 'answer',
      title: r.answer,
      cell: ({ answer, thresholds, observations, mayNotApply }) => (
        <>
          {say(answerKinds[answer])}
          {thresholds && <div className="soft">{thresholdsText(thresholds, r)}</div>}
          {observations > 1 && <div className="soft">{r.looks(observations)}</div>}
          {mayNotApply && <div className="soft">{r.mayNotApply}</div>}
        </>
      ),
    },
    { key: 'photo', title: r.photo, cell: ({ photo }) => say(photoRules[photo]) },
    {
      key: 'due',
      title: r.due,
      cell: ({ dueClass, severity }) => (
        <>
          {dueText(dueClass, r)}
          <div className="soft">{say(severities[severity])}</div>
        </>
      ),
    },
    {
      key: 'leads',
      title: r.led,
      cell: ({ units }) => {
        const leads = units.filter(({ role }) => role === 'lead')
        if (leads.length === 0) return <span className="warn">{r.nobodyLeads}</span>
        const once = [...new Map(leads.map(({ unit }) => [unit.id, unit.name])).values()]
        return once.map((name) => (
          <div key={name}>
            <Given>{name}</Given>
          </div>
        ))
      },
    },
  ]
  if (edit && remove)
    columns.push({
      key: 'acts',
      title: r.edit,
      cell: ({ id, code }) => (
        <span className="acts">
          <Button size="small" aria-label={r.editOf(code)} translate="no" onClick={() => edit(id)}>
            {r.edit}
          </Button>
          <Button size="small" danger aria-label={r.deleteOf(code)} translate="no" onClick={() => remove(id)}>
            {r.deleteStandard}
          </Button>
        </span>
      ),
    })
  return (
    <DataTable caption={r.standards} columns={columns} rows={standards} keyOf={({ id }) => id} old={old} />
  )
}

function DeleteStandard({ standard, close }: { standard: Standard; close: () => void }) {
  const { r } = useSchemeWords()
  return (
    <ActDialog
      ready
      danger
      title={r.deleteTitle}
      confirm={r.deleteStandard}
      close={close}
      again={() => readAgain(listStandards)}
      act={async () => {
        const { id: standardId, version } = standard
        await ask(deleteStandard, { params: { standardId } }, { version })
        await readAgain(listStandards, readScheme)
        return { text: r.deleted }
      }}
    >
      <p>
        <Code>{standard.code}</Code> <Given>{standard.text}</Given>
      </p>
      <p>{r.deleteLead}</p>
    </ActDialog>
  )
}
