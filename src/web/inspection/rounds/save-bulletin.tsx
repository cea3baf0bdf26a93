import { exportBulletin, type Round } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { SaveAs } from '../../ui/office/save-as.tsx'
import { useRoundWords } from '../words/index.ts'

/** 简报: what a round has come to, as a file to send or to file. A draft until the round is closed: the file says so. */
export function SaveBulletin({ round }: { round: Round }) {
  const { r, language } = useRoundWords()
  return (
    <SaveAs
      label={r.saveBulletin}
      words={r}
      name={`${round.title}-${r.bulletin}`}
      file={(format) =>
        ask(exportBulletin, { params: { roundId: round.id }, query: { format, lang: language } })
      }
    />
  )
}
