import { Button, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { campaignKinds } from '#modules/events/words.ts'
import { type Campaign, createCampaign, listCampaigns } from '../api/operations.ts'
import { ask, newKey } from '../core/ask.ts'
import { keptKeys } from '../core/draft.ts'
import { grouped } from '../core/grouped.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { paths } from '../paths.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { Field } from '../ui/office/field.tsx'
import { Empty, Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { OpenDialog } from './open-dialog.tsx'
import { CityPage } from './page.tsx'
import { useCityWords } from './words.ts'

type Kind = Campaign['kind']

/** What is the theme of each month and week? */
export function Component() {
  const { r } = useCityWords()
  const { act, of, open, close } = useDialog(['campaign', 'month', 'week'])
  const found = useAsk(listCampaigns, { query: { limit: 200 } })
  const mayEdit = useStore(me)?.permissions.includes('events.edit') === true
  const all = found.data?.items ?? []
  const parent = all.find(({ id }) => id === of)
  return (
    <CityPage
      title={r.campaigns}
      question={r.campaignsQuestion}
      acts={mayEdit && <OpenDialog primary text={r.newCampaign} open={() => open('campaign')} />}
    >
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={8} />}
      {found.isSuccess && (
        <section className="panel padded" aria-label={r.campaigns}>
          {all.length === 0 ? (
            <Empty text={r.emptyCampaigns} />
          ) : (
            <ul className="campaigns">
              {inOrder(all).map((campaign) => (
                <Line key={campaign.id} campaign={campaign} open={mayEdit ? open : undefined} />
              ))}
            </ul>
          )}
        </section>
      )}
      {act && (act === 'campaign' || parent) && <NewCampaign kind={act} parent={parent} close={close} />}
    </CityPage>
  )
}

/** Campaigns, the latest first, each with its months and weeks in the order of the year. */
function inOrder(all: readonly Campaign[]): Campaign[] {
  const below = grouped(all, ({ parent }) => parent?.id ?? '')
  const known = new Set(all.map(({ id }) => id))
  const withBelow = (campaign: Campaign): Campaign[] => [
    campaign,
    ...[...(below.get(campaign.id) ?? [])]
      .sort((one, other) => (one.startsOn < other.startsOn ? -1 : 1))
      .flatMap(withBelow),
  ]
  return all.filter(({ parent }) => !parent || !known.has(parent.id)).flatMap(withBelow)
}

interface LineProps {
  campaign: Campaign
  open: ((act: 'month' | 'week', of: string) => void) | undefined
}

function Line({ campaign, open }: LineProps) {
  const { r, say } = useCityWords()
  const { id, kind, name, description, startsOn, endsOn, events } = campaign
  return (
    <li className={kind}>
      <div className="line">
        <strong>
          <Given>{name}</Given>
        </strong>
        <span className="soft">{say(campaignKinds[kind])}</span>
        <span className="nowrap">{r.days(startsOn, endsOn)}</span>
        <Link to={`${paths.city()}?campaignId=${id}`}>{r.booksOf}</Link>
        <Link to={`${paths.events()}?campaignId=${id}`}>{r.eventsOf(events)}</Link>
        {open && kind === 'campaign' && (
          <Button size="small" onClick={() => open('month', id)}>
            {r.newMonth}
          </Button>
        )}
        {open && kind !== 'week' && (
          <Button size="small" onClick={() => open('week', id)}>
            {r.newWeek}
          </Button>
        )}
      </div>
      {description && (
        <div className="soft">
          <Given>{description}</Given>
        </div>
      )}
    </li>
  )
}

function NewCampaign({
  kind,
  parent,
  close,
}: {
  kind: Kind
  parent: Campaign | undefined
  close: () => void
}) {
  const { r } = useCityWords()
  const [name, setName] = useState('')
  const [keyFor] = useState(() => keptKeys(newKey))
  const [startsOn, setStartsOn] = useState(parent?.startsOn ?? '')
  const [endsOn, setEndsOn] = useState(parent?.endsOn ?? '')
  const title = { campaign: r.newCampaign, month: r.newMonth, week: r.newWeek }[kind]
  return (
    <ActDialog
      title={title}
      confirm={r.create}
      first="campaign-name"
      ready={name.trim() !== '' && startsOn !== '' && endsOn >= startsOn}
      close={close}
      act={async () => {
        const place = parent ? { kind, parentId: parent.id } : {}
        const body = { name: name.trim(), startsOn, endsOn, ...place }
        await ask(createCampaign, { body }, { key: keyFor(body) })
        await readAgain(listCampaigns)
        return { text: r.campaignWritten(name.trim()) }
      }}
    >
      <Field label={r.campaignName} name="campaign-name">
        <Input
          id="campaign-name"
          maxLength={100}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      <Field label={r.starts} name="campaign-starts">
        <Input
          id="campaign-starts"
          type="date"
          value={startsOn}
          onChange={({ target }) => setStartsOn(target.value)}
        />
      </Field>
      <Field label={r.ends} name="campaign-ends">
        <Input
          id="campaign-ends"
          type="date"
          value={endsOn}
          onChange={({ target }) => setEndsOn(target.value)}
        />
      </Field>
    </ActDialog>
  )
}
