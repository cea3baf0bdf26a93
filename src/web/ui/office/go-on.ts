import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'

/**
 * Goes on to another page in place of this one, so that Back does not lead to its form again. `gone`: what was typed counts
 * as saved. It goes only when the page has drawn itself so, and nobody is asked about leaving.
 */
export function useGoOn(): { gone: boolean; goOn: (to: string) => void } {
  const navigate = useNavigate()
  const [to, setTo] = useState<string>()
  useEffect(() => {
    if (to !== undefined) void navigate(to, { replace: true })
  }, [to, navigate])
  return { gone: to !== undefined, goOn: setTo }
}
