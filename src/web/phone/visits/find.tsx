/** Finds one of many by a few letters: on a phone a list of four hundred is no choice. */
import { useState } from 'react'
import { Given } from '../../ui/plain/given.tsx'
import { Button, Empty, Field } from '../parts.tsx'
import { useVisitWords } from './words/index.ts'

interface FindProps<T> {
  label: string
  hint: string
  nothing: string
  among: readonly T[]
  /** What is shown of each, and searched: the first line, and what stands below it. */
  textOf: (each: T) => [string, string]
  chosen: (each: T) => void
}

const shownMax = 20

export function Find<T extends { id: string }>({
  label,
  hint,
  nothing,
  among,
  textOf,
  chosen,
}: FindProps<T>) {
  const { v } = useVisitWords()
  const [typed, setTyped] = useState('')
  const wanted = typed.trim().toLowerCase()
  const found = among.filter((each) => textOf(each).join(' ').toLowerCase().includes(wanted))
  return (
    <>
      <Field label={label} hint={hint}>
        <input type="search" value={typed} onChange={({ currentTarget }) => setTyped(currentTarget.value)} />
      </Field>
      {found.length === 0 && <Empty text={nothing} />}
      <ul className="found">
        {found.slice(0, shownMax).map((each) => {
          const [first, second] = textOf(each)
          return (
            <li key={each.id}>
              <Button onPress={() => chosen(each)}>
                <span>
                  <Given>{first}</Given>
                  {second && (
                    <small>
                      <Given>{second}</Given>
                    </small>
                  )}
                </span>
              </Button>
            </li>
          )
        })}
      </ul>
      {found.length > shownMax && <p className="soft">{v.patrolPage.more(found.length - shownMax)}</p>}
    </>
  )
}
