import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useParams } from 'react-router'
import { channels } from '#modules/messaging/words.ts'
import { AdminPage } from '../admin/page.tsx'
import {
  checkMessageTemplate,
  dropMessageTemplate,
  listMessageTemplates,
  type MessageTemplate,
  readMessageTemplate,
  saveMessageTemplate,
  type TemplateCheck,
} from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { queries, queryKey, readAgain, useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths } from '../paths.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { EditForm } from '../ui/office/edit-form.tsx'
import { type Editable, useEditing } from '../ui/office/editing.ts'
import { Field } from '../ui/office/field.tsx'
import { Arriving } from '../ui/office/page.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { Given } from '../ui/plain/given.tsx'
import { bodyOf, fieldOf, fieldsOf, problemsOf, type TemplateField, type TemplateFields } from './fields.ts'
import { useTemplateWords } from './words/index.ts'

type Key = { kind: string; channel: 'sms' | 'email' }

/** The template as it is now, for whoever looks at it or at the list. */
function keepTemplate(template: MessageTemplate): void {
  const { kind, channel } = template
  queries.setQueryData(queryKey(readMessageTemplate, { params: { kind, channel } }), template)
  void readAgain(listMessageTemplates)
}

/** What does this message say, and what would a provider make of it? */
export function Component() {
  const { r, say } = useTemplateWords()
  const { kind = '', channel = '' } = useParams()
  const params: Key = { kind, channel: channel === 'email' ? 'email' : 'sms' }
  const found = useAsk(readMessageTemplate, { params })
  const template = found.data?.kind === kind && found.data.channel === params.channel ? found.data : undefined
  const mayEdit = useStore(me)?.permissions.includes('messages.edit') === true
  return (
    <AdminPage
      title={template ? say(template.kindName) : r.template}
      question={template ? r.templateQuestion(say(channels[template.channel])) : ''}
      trail={<Link to={paths.templates()}>{r.title}</Link>}
      acts={template?.own && mayEdit && <Drop template={template} />}
    >
      {template ? (
        <Template key={`${kind} ${channel} ${template.own}`} template={template} mayEdit={mayEdit} />
      ) : (
        <Arriving found={found} />
      )}
    </AdminPage>
  )
}

/** Goes back to the text that the service came with. */
function Drop({ template: { kind, channel, version } }: { template: MessageTemplate }) {
  const { r } = useTemplateWords()
  const dialog = useDialog(['drop'])
  return (
    <>
      <Button danger onClick={() => dialog.open('drop')}>
        {r.drop}
      </Button>
      {dialog.act === 'drop' && (
        <ActDialog
          ready
          danger
          title={r.drop}
          confirm={r.drop}
          close={dialog.close}
          act={async () => {
            keepTemplate(await ask(dropMessageTemplate, { params: { kind, channel } }, { version }))
            return { text: r.dropped }
          }}
        >
          <p>{r.dropLead}</p>
        </ActDialog>
      )}
    </>
  )
}

function useEditable(): Editable<MessageTemplate, TemplateFields> {
  const { w } = useTemplateWords()
  return {
    fieldsOf,
    problemsOf: (fields) => problemsOf(fields, w),
    async read({ kind, channel }) {
      const template = await ask(readMessageTemplate, { params: { kind, channel } })
      keepTemplate(template)
      return template
    },
    async send({ kind, channel, version }, _, fields) {
      const body = bodyOf(fields, channel)
      const saved = await ask(saveMessageTemplate, { params: { kind, channel }, body }, { version })
      keepTemplate(saved)
      return saved
    },
    fieldOf,
    inputOf: (field) => `template-${field}`,
  }
}

function Template({ template, mayEdit }: { template: MessageTemplate; mayEdit: boolean }) {
  const { r } = useTemplateWords()
  const editing = useEditing(template, useEditable())
  const { mine, problems, set } = editing
  const check = useCheck(template, mine, mayEdit && editing.dirty)
  const sms = template.channel === 'sms'
  const labels: Record<TemplateField, string> = {
    ...{ signature: r.signature, subjectZh: r.subjectZh, subjectEn: r.subjectEn },
    ...{ bodyZh: r.bodyZh, bodyEn: r.bodyEn, filedAs: r.filedAs },
  }
  const line = (field: TemplateField, hint?: string) => (
    <Field
      optional={field === 'filedAs'}
      label={labels[field]}
      name={`template-${field}`}
      hint={hint}
      wrong={problems[field]}
    >
      <Input
        id={`template-${field}`}
        value={String(mine[field])}
        disabled={!mayEdit}
        maxLength={120}
        onChange={({ target }) => set({ [field]: target.value })}
      />
    </Field>
  )
  const text = (field: 'bodyZh' | 'bodyEn') => (
    <Field wide label={labels[field]} name={`template-${field}`} wrong={problems[field]}>
      <Input.TextArea
        id={`template-${field}`}
        lang={field === 'bodyZh' ? 'zh-CN' : 'en'}
        rows={sms ? 3 : 8}
        value={mine[field]}
        disabled={!mayEdit}
        maxLength={5000}
        onChange={({ target }) => set({ [field]: target.value })}
      />
    </Field>
  )
  const fields = (
    <div className="fields">
      {sms ? line('signature', r.signatureHint) : line('subjectZh')}
      {sms ? line('filedAs', r.filedAsHint) : line('subjectEn')}
      {text('bodyZh')}
      {text('bodyEn')}
    </div>
  )
  return (
    <div className="sheet">
      <div className="column">
        {!mayEdit && <p className="note">{r.readOnly}</p>}
        <Panel label={r.text}>
          {mayEdit ? (
            <EditForm
              editing={editing}
              label={(field) => labels[field as TemplateField]}
              show={(_, value) => <Given>{String(value)}</Given>}
            >
              {fields}
            </EditForm>
          ) : (
            fields
          )}
        </Panel>
        <Panel label={r.preview}>
          <Preview check={check ?? template.check} sms={sms} />
        </Panel>
      </div>
      <Panel aside label={r.variables}>
        <Variables template={template} />
      </Panel>
    </div>
  )
}

/** What a provider would make of what is typed, asked a moment after the typing stops. */
function useCheck(
  template: MessageTemplate,
  fields: TemplateFields,
  dirty: boolean,
): TemplateCheck | undefined {
  const { kind, channel } = template
  const [check, setCheck] = useState<TemplateCheck>()
  const body = JSON.stringify(bodyOf(fields, channel))
  useEffect(() => {
    if (!dirty) return setCheck(undefined)
    const stop = new AbortController()
    const timer = setTimeout(() => {
      const input = { params: { kind, channel }, body: JSON.parse(body) }
      ask(checkMessageTemplate, input, { signal: stop.signal }).then(setCheck, () => undefined)
    }, 400)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [dirty, body, kind, channel])
  return check
}

function Preview({ check, sms }: { check: TemplateCheck; sms: boolean }) {
  const { r, say } = useTemplateWords()
  return (
    <div className="stack">
      <div className="panelhead">
        <h2>{r.preview}</h2>
        {check.usable ? (
          <span className="good">✓ {r.usable}</span>
        ) : (
          <span className="bad">✕ {r.problems(check.problems.length)}</span>
        )}
      </div>
      {check.problems.length > 0 && (
        <ul className="dots" aria-live="polite">
          {check.problems.map(({ problem, text, where, what }) => (
            <li key={`${problem} ${where} ${what}`}>
              {say(text)}
              {what && (
                <>
                  {' '}
                  <span translate="no">{what}</span>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {(['zh', 'en'] as const).map((language) => (
        <div key={language}>
          <p className="note prose" translate="no" lang={language === 'zh' ? 'zh-CN' : 'en'}>
            {check[language].text}
          </p>
          {sms && (
            <p className={check[language].segments > check[language].segmentsMax ? 'bad' : 'soft'}>
              {r.length(check[language].characters, check[language].segments, check[language].segmentsMax)}
            </p>
          )}
        </div>
      ))}
    </div>
  )
}

/** What can be put into the text, with an example of each. */
function Variables({ template }: { template: MessageTemplate }) {
  const { r, say } = useTemplateWords()
  return (
    <>
      <h2>{r.variables}</h2>
      <dl className="facts">
        {template.variables.map(({ name, text, sample, required }) => (
          <div key={name}>
            <dt>
              <span translate="no" lang="en">{`{${name}}`}</span>
              {required && ` ${r.required}`}
            </dt>
            <dd>
              {say(text)}{' '}
              <span className="soft">
                <Given>{sample}</Given>
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
