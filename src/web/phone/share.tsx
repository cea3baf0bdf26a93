/** What a duty is told and shown by: a text and a code for the group chat, and the roll pass. */
import { useState } from 'react'
import { issueRollPass, listRollPasses, revokeRollPass } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import type { AnswerOf } from '../core/operation.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { periodText, serverNow } from '../core/time.ts'
import { servicePaths } from '../paths.ts'
import { Given } from '../ui/plain/given.tsx'
import { QrCode } from '../ui/plain/qr.tsx'
import { useDuties, useTimes } from './duty.tsx'
import { Button, Empty, Page, Shown, Trouble, useDoing } from './parts.tsx'
import { useAsk } from './reading.ts'
import type { Duty } from './roll/store.ts'
import { useWords } from './words/index.ts'

export function Share({ shiftId }: { shiftId: string }) {
  const { w } = useWords()
  const duties = useDuties()
  const duty = duties.data?.items.find((each) => each.shiftId === shiftId)
  return (
    <Page title={w.share.title} lead={duty && <Given>{duty.zone.name}</Given>}>
      <Shown of={duties}>
        {() =>
          duty ? (
            <>
              <ForTheGroup duty={duty} />
              <Pass duty={duty} />
            </>
          ) : (
            <Empty text={w.roll.unlisted} />
          )
        }
      </Shown>
    </Page>
  )
}

function ForTheGroup({ duty }: { duty: Duty }) {
  const { w, language } = useWords()
  const [copied, setCopied] = useState<boolean>()
  const { event, zone, work, startsAt, endsAt, meetingPoint } = duty
  const address = window.location.origin + servicePaths.home()
  const when = periodText(startsAt, endsAt, event.timeZone, language)
  const text = w.share.message(event.name, when, zone.name, work, meetingPoint ?? '', address)
  const copy = async () => {
    const done = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    )
    setCopied(done === true)
  }
  return (
    <section>
      <h2>{w.share.group}</h2>
      <p>{w.share.groupText}</p>
      <blockquote translate="no" lang="zh-CN">
        {text}
      </blockquote>
      <Button kind="primary" onPress={copy}>
        {w.common.copy}
      </Button>
      <p role="status">{copied === undefined ? '' : copied ? `✓ ${w.common.copied}` : w.common.copyFailed}</p>
      <QrCode address={address} label={w.share.homeCode} />
    </section>
  )
}

type Issued = AnswerOf<typeof issueRollPass>

function Pass({ duty }: { duty: Duty }) {
  const { w } = useWords()
  const mine = useStore(me)
  const [issued, setIssued] = useState<Issued>()
  const doing = useDoing()
  const params = { shiftId: duty.shiftId }
  const passes = useAsk(listRollPasses, { params })
  const whole = duty.as.includes('in_charge') || duty.as.includes('deputy')
  const teams = mine?.grants.flatMap(({ team, suspended }) => (team && !suspended ? team : [])) ?? []
  const issue = (teamId?: string) => () =>
    void doing.run(async () => {
      setIssued(await ask(issueRollPass, { params, body: teamId ? { teamId } : {} }))
      await passes.again()
    })
  return (
    <section>
      <h2>{w.share.pass}</h2>
      <p>{w.share.passText}</p>
      {doing.error !== undefined && <Trouble error={doing.error} />}
      {issued ? <IssuedPass pass={issued} timeZone={duty.event.timeZone} /> : null}
      {whole ? (
        <Button busy={doing.busy} onPress={issue()}>
          {w.share.issue}
        </Button>
      ) : (
        teams.map(({ id, name }) => (
          <Button key={id} busy={doing.busy} onPress={issue(id)}>
            {w.share.issue} · <Given>{name}</Given>
          </Button>
        ))
      )}
      <Passes of={passes} duty={duty} done={() => setIssued(undefined)} />
    </section>
  )
}

function IssuedPass({ pass: { url, expiresAt }, timeZone }: { pass: Issued; timeZone: string }) {
  const { w } = useWords()
  const { moment } = useTimes(timeZone)
  return (
    <div className="card">
      <QrCode address={url} label={w.share.passCode} />
      <p>{w.share.expires(moment(expiresAt))}</p>
      <p className="soft">{w.share.once}</p>
    </div>
  )
}

type Listed = AnswerOf<typeof listRollPasses>

function Passes({
  of,
  duty,
  done,
}: {
  of: { data: Listed | undefined; again: () => Promise<void> }
  duty: Duty
  done: () => void
}) {
  const { w } = useWords()
  const { moment } = useTimes(duty.event.timeZone)
  const doing = useDoing()
  const good = of.data?.items.filter(
    ({ revokedAt, expiresAt }) => revokedAt === null && Date.parse(expiresAt) > serverNow(),
  )
  if (!good || good.length === 0) return null
  const revoke = (rollPassId: string) => () =>
    void doing.run(async () => {
      await ask(revokeRollPass, { params: { rollPassId } })
      done()
      await of.again()
    })
  return (
    <>
      <h3>{w.share.activeTitle}</h3>
      {doing.error !== undefined && <Trouble error={doing.error} />}
      <ul className="rows">
        {good.map(({ id, team, issuedAt }) => (
          <li key={id}>
            <span>
              {team ? <Given>{team.name}</Given> : w.share.whole} · {moment(issuedAt)}
            </span>
            <Button busy={doing.busy} onPress={revoke(id)}>
              {w.share.revoke}
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
