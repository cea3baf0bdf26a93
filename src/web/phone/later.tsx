/** Pages that are loaded when they are opened, so that the first one stays small. The worker has them from the start. */
import { type ReactNode, useEffect, useState } from 'react'
import type { Language } from '../core/language.ts'
import { whoIsSignedIn } from '../core/session.ts'
import { part } from '../core/version.ts'
import { Loading, Page, Trouble } from './parts.tsx'
import { type PhoneWords, useWords } from './words/index.ts'

/**
 * @param load the page, with whatever it says in a language
 * @param titleOf what stands above until it is there
 */
export function laterOf<Props extends object>(
  load: (language: Language) => Promise<(props: Props) => ReactNode>,
  titleOf: (w: PhoneWords) => string,
): (props: Props) => ReactNode {
  let there: { Shown: (props: Props) => ReactNode; language: Language } | undefined
  return function Later(props) {
    const { w, language } = useWords()
    const [, tell] = useState(there)
    const [error, setError] = useState<unknown>()
    useEffect(() => {
      if (there?.language === language || error) return
      part(() => load(language), whoIsSignedIn).then((Shown) => {
        there = { Shown, language }
        tell(there)
      }, setError)
    }, [language, error])
    if (there?.language === language) return <there.Shown {...props} />
    return (
      <Page title={titleOf(w)}>
        {error ? <Trouble error={error} again={() => setError(undefined)} /> : <Loading />}
      </Page>
    )
  }
}
