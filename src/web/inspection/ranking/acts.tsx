import { useNavigate } from 'react-router'
import {
  discardRanking,
  finishRanking,
  listRankings,
  readRanking,
  type WholeRanking,
} from '../../api/operations.ts'
import { OpenDialog } from '../../command/open-dialog.tsx'
import { ask } from '../../core/ask.ts'
import { readAgain } from '../../core/query.ts'
import { paths } from '../../paths.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { useDialog } from '../../ui/office/dialogs.ts'
import { SaveRanking } from './save-ranking.tsx'
import { useRankingWords } from './words/index.ts'

/** Makes a ranking final, or takes it back while nobody has appealed: for whoever makes them. */
export function RankingActs({ ranking }: { ranking: WholeRanking }) {
  const { r } = useRankingWords()
  const navigate = useNavigate()
  const { act, open, close } = useDialog(['finish', 'discard'])
  const { finish, discard } = ranking.allowed
  const params = { rankingId: ranking.id }
  const seen = { version: ranking.version }
  return (
    <>
      {ranking.lines.length > 0 && <SaveRanking ranking={ranking} />}
      {discard && <OpenDialog text={r.discard} open={() => open('discard')} />}
      {finish && <OpenDialog primary text={r.finish} open={() => open('finish')} />}
      {act === 'finish' && finish && (
        <ActDialog
          title={r.finish}
          confirm={r.finish}
          ready
          close={close}
          again={() => readAgain(readRanking, listRankings)}
          act={async () => {
            await ask(finishRanking, { params }, seen)
            await readAgain(readRanking, listRankings)
            return { text: r.finished }
          }}
        >
          <p>{r.finishLead}</p>
        </ActDialog>
      )}
      {act === 'discard' && discard && (
        <ActDialog
          danger
          title={r.discard}
          confirm={r.discard}
          ready
          close={close}
          again={() => readAgain(readRanking, listRankings)}
          act={async () => {
            await ask(discardRanking, { params }, seen)
            await readAgain(listRankings)
            setTimeout(() => void navigate(paths.rankings()))
            return { text: r.discarded }
          }}
        >
          <p>{r.discardLead}</p>
        </ActDialog>
      )}
    </>
  )
}
