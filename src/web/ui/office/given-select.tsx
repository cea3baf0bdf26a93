import type { ReactElement } from 'react'
import { langOf } from '../../core/language.ts'

/**
 * For a select of names that people gave: they are marked so, in the list and where one is chosen. The label itself stays a
 * text, because only a text is read aloud when it changes.
 */
export function givenNames(chosen: string | undefined): object {
  return {
    popupRender: (menu: ReactElement) => <div translate="no">{menu}</div>,
    ...(chosen === undefined ? {} : { translate: 'no', lang: langOf(chosen) }),
  }
}
