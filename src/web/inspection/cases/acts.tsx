import { type MoveKind, moveKinds } from '#modules/command/words.ts'
import {
  countCases,
  issueCase,
  listCases,
  nameCaseUnit,
  readCase,
  type WholeCase,
  type WholeTask,
} from '../../api/operations.ts'
import { MoveDialog } from '../../command/move-dialog.tsx'
import { OpenDialog } from '../../command/open-dialog.tsx'
import { ask } from '../../core/ask.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { useDialog } from '../../ui/office/dialogs.ts'
import { Panel } from '../../ui/office/panel.tsx'
import { DraftShift } from './draft-shift.tsx'
import { casesChanged } from './keep.ts'
import { NameUnit } from './many.tsx'
import { CaseFlags, CaseState } from './marks.tsx'
import { useCaseWords } from './words/index.ts'
import '../seen.css'

/** What somebody most likely came for stands first. */
const first: readonly MoveKind[] = ['accept', 'report', 'pass']
/** Moves that a page offers; what needs another task or unit named, or follows from an appeal, is done elsewhere. */
const moves: readonly MoveKind[] = (Object.keys(moveKinds) as MoveKind[]).filter(
  (kind) => !['issue', 'carry', 'escalate', 'revoke', 'progress', 'annul'].includes(kind),
)
const own = ['issueCase', 'nameUnit', 'draftShift'] as const

interface Props {
  of: WholeCase
  /** Once it is read, and for whoever may. */
  task: WholeTask | undefined
}

/** Where it stands, and what the reader can do about it: moves of its task, and what is of cases alone. */
export function CaseActs({ of, task }: Props) {
  const { r, say } = useCaseWords()
  const { act, open, close } = useDialog([...own, ...moves])
  const mine = [...first, ...moves.filter((kind) => !first.includes(kind))].filter((kind) =>
    task?.allowed.moves.includes(kind),
  )
  const { allowed } = of
  const nothing = mine.length === 0 && !allowed.issue && !allowed.nameUnit && !allowed.draftShift
  const move = moves.find((kind) => kind === act)
  const params = { caseId: of.id }
  return (
    <Panel label={r.acts}>
      <h2>
        <CaseState of={of} />
      </h2>
      {of.flags.length > 0 && (
        <p className="case-flags">
          <CaseFlags flags={of.flags} />
        </p>
      )}
      {!of.taskId && !of.heldBecause && <p className="soft">{r.waitsForPictures}</p>}
      {nothing && <p className="soft">{r.nothing}</p>}
      <p className="case-acts">
        {allowed.issue && <OpenDialog primary text={r.issue} open={() => open('issueCase')} />}
        {allowed.nameUnit && (
          <OpenDialog primary={!allowed.issue} text={r.nameUnit} open={() => open('nameUnit')} />
        )}
        {mine.map((kind, n) => (
          <OpenDialog
            key={kind}
            primary={n === 0 && kind !== 'comment'}
            text={say(moveKinds[kind])}
            open={() => open(kind)}
          />
        ))}
        {allowed.draftShift && <OpenDialog text={r.draftShift} open={() => open('draftShift')} />}
      </p>
      {task && move && (
        <MoveDialog task={task} kind={move} close={close} also={[readCase, listCases, countCases]} />
      )}
      {act === 'issueCase' && (
        <ActDialog
          title={r.issue}
          confirm={r.issue}
          ready
          close={close}
          again={casesChanged}
          act={async () => {
            await ask(issueCase, { params }, { version: of.version })
            await casesChanged()
            return { text: r.issued(of.number) }
          }}
        >
          <p>{r.issueLead}</p>
        </ActDialog>
      )}
      {act === 'nameUnit' && (
        <NameUnit
          close={close}
          name={async (unit) => {
            await ask(nameCaseUnit, { params, body: { unitId: unit.id } }, { version: of.version })
            await casesChanged()
            return { text: r.named(unit.name) }
          }}
        />
      )}
      {act === 'draftShift' && <DraftShift of={of} close={close} />}
    </Panel>
  )
}
