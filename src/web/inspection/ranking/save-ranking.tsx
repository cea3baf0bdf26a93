import { Button, Dropdown } from 'antd'
import { exportRanking, type WholeRanking } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { useSaving } from '../../ui/office/save-as.tsx'
import { useRankingName } from './texts.ts'
import { useRankingWords } from './words/index.ts'

/** The ranking as a table to file, or as a notice to send. */
export function SaveRanking({ ranking }: { ranking: WholeRanking }) {
  const { r, language } = useRankingWords()
  const nameOf = useRankingName()
  const { busy, save } = useSaving()
  const files = [
    { paper: 'table', format: 'xlsx', label: r.asSheet },
    { paper: 'table', format: 'docx', label: r.asWord },
    { paper: 'table', format: 'pdf', label: r.asPdf },
    { paper: 'notice', format: 'docx', label: r.noticeAsWord },
    { paper: 'notice', format: 'pdf', label: r.noticeAsPdf },
  ] as const
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: files.map(({ label }, n) => ({ key: String(n), label })),
        onClick: ({ key }) => {
          const { paper, format } = files[Number(key)]!
          const asked = { params: { rankingId: ranking.id }, query: { format, paper, lang: language } }
          void save(() => ask(exportRanking, asked), `${nameOf(ranking)}.${format}`)
        },
      }}
    >
      <Button loading={busy}>{r.export}</Button>
    </Dropdown>
  )
}
