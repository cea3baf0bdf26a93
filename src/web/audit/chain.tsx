import { Button } from 'antd'
import { useState } from 'react'
import { brokenWords } from '#platform/audit/words.ts'
import { type AuditVerdictView, listAuditEntries, readAuditChain, verifyAudit } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText } from '../core/time.ts'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { useAuditWords } from './words.ts'

/** How far the trail is sealed, and whether it is whole. */
export function Chain() {
  const { r, language } = useAuditWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const found = useAsk(readAuditChain, {})
  const chain = found.data
  if (found.isError) return <Trouble error={found.error} again={() => void found.refetch()} />
  return (
    <Panel label={r.chain}>
      <div className="panelhead">
        <h2>{r.chain}</h2>
        <Verify />
      </div>
      {!chain && <Skeleton lines={1} />}
      {chain && (
        <p className="soft">
          {[
            r.sealed(chain.sealed),
            r.waiting(chain.unsealed),
            ...(chain.retired > 0 ? [r.retired(chain.retired)] : []),
            chain.sealedAt ? r.sealedAt(momentText(chain.sealedAt, zone, language)) : r.never,
          ].join(' · ')}
        </p>
      )}
      {chain && !chain.genuine && (
        <p className="note bad" role="alert">
          {r.forgedHead}
        </p>
      )}
    </Panel>
  )
}

function Verify() {
  const { r, say } = useAuditWords()
  const [verdict, setVerdict] = useState<AuditVerdictView>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const verify = async () => {
    setBusy(true)
    setError(undefined)
    setVerdict(undefined)
    try {
      setVerdict(await ask(verifyAudit, {}))
      await readAgain(readAuditChain, listAuditEntries)
    } catch (failed) {
      setError(failed)
    }
    setBusy(false)
  }
  return (
    <div className="verdict" aria-live="polite">
      {error !== undefined && <Trouble error={error} />}
      {verdict?.whole && (
        <span className="good">✓ {r.whole(verdict.entries ?? 0, verdict.unsealed ?? 0)}</span>
      )}
      {verdict && !verdict.whole && (
        <strong className="bad">
          ✕ {r.broken(verdict.number ?? 0, verdict.because ? say(brokenWords[verdict.because]) : '')}
        </strong>
      )}
      <Button loading={busy} onClick={() => void verify()}>
        {busy ? r.verifying : r.verify}
      </Button>
    </div>
  )
}
