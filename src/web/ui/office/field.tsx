import { cloneElement, type ReactElement } from 'react'
import { useWords } from '../../words/index.ts'

interface FieldProps {
  label: string
  /** The id of the input inside. */
  name: string
  hint?: string | undefined
  /** What is wrong with it, in words. */
  wrong?: string | undefined
  optional?: boolean
  wide?: boolean
  children: ReactElement<object>
}

/** An input with its label, what helps, and what is wrong, told to whoever sees and to whoever hears. */
export function Field({ label, name, hint, wrong, optional, wide, children }: FieldProps) {
  const { w } = useWords()
  const described = [hint && `${name}-hint`, wrong && `${name}-wrong`].filter(Boolean).join(' ')
  const told = {
    ...(described ? { 'aria-describedby': described } : {}),
    ...(wrong ? { 'aria-invalid': true, status: 'error' } : {}),
  }
  return (
    <div className={wide ? 'field wide' : 'field'}>
      <label htmlFor={name}>
        {label}
        {optional && <small>{w.common.optional}</small>}
      </label>
      {cloneElement(children, told)}
      {hint && (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {wrong && (
        <p className="wrong" id={`${name}-wrong`}>
          {wrong}
        </p>
      )}
    </div>
  )
}
