/** Which of the things a message can say of a stored statement. */
export interface Aspect {
  /** The consent was withdrawn since: it is a no. */
  withdrawn: boolean
  /** Told to another guardian than the one whose statement it is. */
  ofOther: boolean
  /** Told at another number than the child's link goes to, so without the link: an answer by it is taken for the other's. */
  apart: boolean
}

/** The id of the subject `consent:…` for one aspect of a statement. */
export function aspectOf(consentId: string, { withdrawn, ofOther, apart }: Aspect): string {
  return [consentId, withdrawn && 'withdrawn', ofOther && 'other', apart && 'apart'].filter(Boolean).join('@')
}

/** Reads what `aspectOf` wrote. */
export function readAspect(id: string): Aspect & { consentId: string } {
  const [consentId = '', ...marks] = id.split('@')
  return {
    consentId,
    withdrawn: marks.includes('withdrawn'),
    ofOther: marks.includes('other'),
    apart: marks.includes('apart'),
  }
}
