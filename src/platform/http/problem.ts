import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifySchemaValidationError } from 'fastify'
import { violationOf } from '../database/violations.ts'
import { DomainError, type ErrorKind } from '../errors.ts'
import { statusText } from './error-page.ts'
import { preconditionRequired } from './etag.ts'
import type { Language } from './language.ts'
import type { Problem } from './schemas.ts'

/** The only mapping from error kinds to HTTP status codes. */
export const statusOf: Readonly<Record<ErrorKind, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  gone: 410,
  stale: 412,
  too_large: 413,
  unsupported: 415,
  precondition: 428,
  throttled: 429,
  unavailable: 503,
}

/** Errors of Fastify itself, with codes of this service. */
const refusals: Readonly<Record<string, [kind: ErrorKind | 'malformed', code: string, message: string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported', 'body.media_type', 'This media type is not read here.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['too_large', 'body.too_large', 'The body is larger than this route takes.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['malformed', 'body.malformed', 'The body is empty, but JSON was announced.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['malformed', 'body.malformed', 'The body is not JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'malformed',
    'body.length',
    'The body is not as long as it was said to be.',
  ],
  FST_ERR_BAD_URL: ['malformed', 'url.malformed', 'The address cannot be decoded.'],
  FST_ERR_MAX_PARAM_LENGTH: ['missing', 'route.missing', 'There is nothing at this address.'],
  FST_REQ_FILE_TOO_LARGE: ['too_large', 'file.too_large', 'A file is larger than this route takes.'],
  FST_FILES_LIMIT: ['too_large', 'file.too_many', 'There are more files than this route takes.'],
  FST_PARTS_LIMIT: ['too_large', 'form.too_many_parts', 'The form has more parts than this route takes.'],
  FST_FIELDS_LIMIT: ['too_large', 'form.too_many_fields', 'The form has more fields than this route takes.'],
  MUSTER_FORM_MALFORMED: [
    'malformed',
    'form.malformed',
    'The form ends early, or a part of it cannot be read.',
  ],
  FST_INVALID_MULTIPART_CONTENT_TYPE: [
    'unsupported',
    'body.media_type',
    'This route takes multipart/form-data.',
  ],
}

export interface Refusal {
  status: number
  code: string
  detail: string
  details?: Record<string, unknown>
  violations?: Problem['violations']
  /** `Retry-After`, in seconds. */
  retryAfter?: number
}

function violationsOf(errors: readonly FastifySchemaValidationError[], part: string): Problem['violations'] {
  return errors.slice(0, 50).map(({ keyword, instancePath, params, message }) => {
    const key = params.additionalProperty ?? params.missingProperty
    const at = `/${part}${instancePath}${key === undefined ? '' : `/${String(key)}`}`
    return { at, rule: keyword, message: message ?? keyword }
  })
}

/** PostgreSQL's character_not_in_repertoire and untranslatable_character: its text cannot contain U+0000. */
function isUnstorable(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (/^(22021|22P05)$/.test(String((at as { code?: unknown }).code))) return true
  }
  return false
}

/** The answer for an error. An unexpected error says only that it was recorded. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof DomainError) {
    const { seconds } = error.details
    return {
      status: statusOf[error.kind],
      code: error.code,
      detail: error.message,
      details: error.details,
      ...(error.kind === 'throttled' && typeof seconds === 'number' ? { retryAfter: seconds } : {}),
      ...(error.kind === 'unavailable' ? { retryAfter: 2 } : {}),
    }
  }
  const { validation, validationContext, code, statusCode } = error as Partial<FastifyError>
  // Asked for in the description of the API; whoever leaves it out is told what it is for.
  if (validation && validationContext === 'headers') return refusalOf(preconditionRequired())
  if (validation) {
    const part = { querystring: 'query' }[validationContext as string] ?? validationContext ?? 'body'
    return {
      status: 400,
      code: 'request.invalid',
      detail: 'The request does not have the form this route asks for.',
      violations: violationsOf(validation, part),
    }
  }
  const refusal = code === undefined ? undefined : refusals[code]
  if (refusal) {
    const [kind, ours, detail] = refusal
    return { status: kind === 'malformed' ? 400 : statusOf[kind], code: ours, detail }
  }
  if (isUnstorable(error)) {
    return {
      status: 400,
      code: 'text.unstorable',
      detail: 'A text holds a character that cannot be stored, such as NUL.',
    }
  }
  const violation = violationOf(error)
  if (violation && violation.kind !== 'not_null') {
    return {
      status: 409,
      code: `rows.${violation.kind}`,
      detail: 'This does not agree with what is already recorded.',
    }
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return {
      status: statusCode,
      code: 'request.refused',
      detail: STATUS_CODES[statusCode] ?? 'The request was refused.',
    }
  }
  return {
    status: 500,
    code: 'service.failed',
    detail: 'Something went wrong here. It was recorded under the request’s id.',
  }
}

/** Texts of error codes, in both languages. */
export type RefusalTexts = Readonly<Record<string, Record<Language, string>>>

/** What a refusal is about: enough to say it. */
type Said = Pick<Refusal, 'code' | 'details'> & { status?: number }

/** The text of a refusal with its details filled in; where its code has none, what its status means. */
export function refusalTextOf(
  { code, status = 422, details = {} }: Said,
  texts: RefusalTexts,
  language: Language,
): string {
  const text = texts[code]?.[language] ?? statusText(status, language)
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '…'))
}

/** The body of an `application/problem+json` answer (RFC 9457), with its text in the language of the reader. */
export function problemOf(
  refusal: Refusal,
  requestId: string,
  texts: RefusalTexts,
  language: Language,
): Problem {
  const { status, code, detail, details = {}, violations } = refusal
  return {
    type: `urn:muster:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Problem',
    status,
    code,
    text: refusalTextOf(refusal, texts, language),
    detail,
    requestId,
    details,
    ...(violations ? { violations } : {}),
  }
}
