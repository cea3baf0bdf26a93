import { Button } from 'antd'
import { downloadImportTemplate } from '../api/operations.ts'
import { addressOf, type InputOf } from '../core/operation.ts'
import { useWords } from '../words/index.ts'

type Kind = InputOf<typeof downloadImportTemplate>['params']['kind']

/** Downloads the list to fill in, where lists of this kind are brought. */
export function TemplateButton({ kind, text }: { kind: Kind; text: string }) {
  const { language } = useWords()
  return (
    <Button
      download
      href={addressOf(downloadImportTemplate, { params: { kind }, query: { lang: language } })}
    >
      {text}
    </Button>
  )
}
