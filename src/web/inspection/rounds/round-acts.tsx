import { Button } from 'antd'
import { useState } from 'react'
import { pointClasses } from '#modules/inspection/words.ts'
import {
  closeRound,
  discloseRound,
  drawRound,
  type Round,
  readRound,
  readRoundProgress,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { readAgain, useAsk } from '../../core/query.ts'
import { Refused } from '../../core/refused.ts'
import { useDistricts } from '../../grid/districts.ts'
import { paths } from '../../paths.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { useDialog } from '../../ui/office/dialogs.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useMay } from '../page.tsx'
import { useRoundWords } from '../words/index.ts'
import { BringFile } from './bring-file.tsx'
import { keepRound } from './keep-round.ts'
import { SaveBulletin } from './save-bulletin.tsx'

/** Reads again what a dialog is about, where somebody else was faster. */
const again = () => readAgain(readRound, readRoundProgress)

/** What can be done with a round now; each act says what it means before it is done. */
export function RoundActs({ round }: { round: Round }) {
  const { r } = useRoundWords()
  const { act, open, close } = useDialog(['draw', 'reveal', 'close', 'bring'])
  const { allowed, state } = round
  const mayRun = useMay('rounds.run')
  // What comes home after the closure raises its cases all the same.
  const brings = state !== 'created' && mayRun && (state === 'closed' || Object.values(allowed).some(Boolean))
  return (
    <>
      <LinkButton to={paths.proof(round.id)} text={r.toProof} />
      {state !== 'created' && mayRun && <SaveBulletin round={round} />}
      {brings && <Button onClick={() => open('bring')}>{r.bring}</Button>}
      {allowed.close && (
        <Button danger onClick={() => open('close')}>
          {r.close}
        </Button>
      )}
      {allowed.reveal && <Button onClick={() => open('reveal')}>{r.reveal}</Button>}
      {state !== 'created' && (
        <LinkButton primary={allowed.assign} to={paths.sample(round.id)} text={r.toSample} />
      )}
      {allowed.draw && (
        <Button type="primary" onClick={() => open('draw')}>
          {r.draw}
        </Button>
      )}
      {brings && act === 'bring' && <BringFile round={round} close={close} />}
      {allowed.draw && act === 'draw' && <Draw round={round} close={close} />}
      {allowed.reveal && act === 'reveal' && <Reveal round={round} close={close} />}
      {allowed.close && act === 'close' && <Close round={round} close={close} />}
    </>
  )
}

function Draw({ round, close }: { round: Round; close: () => void }) {
  const { r } = useRoundWords()
  const [empty, setEmpty] = useState<readonly string[]>([])
  return (
    <ActDialog
      ready
      title={r.draw}
      confirm={r.draw}
      close={close}
      again={again}
      act={async () => {
        const { id: roundId, version } = round
        try {
          keepRound(await ask(drawRound, { params: { roundId } }, { version }))
        } catch (refused) {
          const strata = refused instanceof Refused ? refused.problem.details.strata : undefined
          setEmpty(Array.isArray(strata) ? strata.map(String) : [])
          throw refused
        }
        return { text: r.drawn }
      }}
    >
      <p>{round.kind === 'recheck' ? r.drawRecheckLead : r.drawLead(round.spec.size)}</p>
      {empty.length > 0 && <EmptyStrata strata={empty} />}
    </ActDialog>
  )
}

/** Which strata that were asked for have no points: `210502|park`. */
function EmptyStrata({ strata }: { strata: readonly string[] }) {
  const { r, say } = useRoundWords()
  const districts = useDistricts()
  return (
    <div className="note warn">
      <p>{r.emptyStrata}</p>
      <ul>
        {strata.map((stratum) => {
          const [code = '', pointClass = ''] = stratum.split('|')
          return (
            <li key={stratum}>
              {code && <Given>{districts.nameOf(code) ?? code}</Given>}{' '}
              {pointClass in pointClasses && say(pointClasses[pointClass as keyof typeof pointClasses])}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** How many points nobody has visited to the end. */
function useOpen(round: Round): number {
  const { data } = useAsk(readRoundProgress, { params: { roundId: round.id } })
  return (data?.districts ?? []).reduce(
    (sum, { waiting, unassigned, notSeen }) => sum + waiting + unassigned + notSeen,
    0,
  )
}

function Reveal({ round, close }: { round: Round; close: () => void }) {
  const { r } = useRoundWords()
  const left = useOpen(round)
  return (
    <ActDialog
      ready
      danger
      title={r.reveal}
      confirm={r.reveal}
      close={close}
      again={again}
      act={async () => {
        const { id: roundId, version } = round
        keepRound(await ask(discloseRound, { params: { roundId } }, { version }))
        return { text: r.revealed }
      }}
    >
      <p>{r.revealLead}</p>
      {left > 0 && <p className="note warn">{r.revealWaiting(left)}</p>}
    </ActDialog>
  )
}

function Close({ round, close }: { round: Round; close: () => void }) {
  const { r } = useRoundWords()
  const left = useOpen(round)
  return (
    <ActDialog
      ready
      danger
      title={r.close}
      confirm={r.close}
      close={close}
      again={again}
      act={async () => {
        const { id: roundId, version } = round
        keepRound(await ask(closeRound, { params: { roundId } }, { version }))
        return { text: r.closed }
      }}
    >
      <p>{r.closeLead}</p>
      {round.state === 'drawn' && <p className="note warn">{r.closeReveals}</p>}
      {left > 0 && <p className="note warn">{r.closeWaiting(left)}</p>}
    </ActDialog>
  )
}
