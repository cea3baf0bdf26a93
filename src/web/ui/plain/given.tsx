import { langOf } from '../../core/language.ts'
import { useSpeech } from '../../words/speech.ts'

/** A text that people gave, in whatever language: marked so that readers aloud and translators know. */
export function Given({ children }: { children: string }) {
  const { language } = useSpeech()
  const lang = langOf(children)
  return (
    <span translate="no" lang={language === 'zh' ? undefined : lang}>
      {children}
    </span>
  )
}
