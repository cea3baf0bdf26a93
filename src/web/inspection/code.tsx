/** A code or digest: letters and digits that belong to no language. */
export function Code({ children }: { children: string }) {
  return (
    <span className="inspection-code" translate="no" lang="en">
      {children}
    </span>
  )
}
