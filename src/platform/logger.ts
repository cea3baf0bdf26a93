import { type DestinationStream, type Logger as Pino, pino, stdSerializers } from 'pino'
import { standardOutput } from './log-output.ts'

export type Logger = Pino

/** Fields with personal data or secrets. Logging them is a bug of the caller; this list redacts them all the same. */
const personal = [
  'name',
  'phone',
  'email',
  'address',
  'identityNumber',
  'birthDate',
  'token',
  'code',
  'password',
  'secret',
  'authorization',
  'cookie',
  'link',
  'body',
]

/** Long runs of digits are treated as phone or identity numbers, in any field. */
const digits = /\d{7,}/g

/**
 * The text of an error without values: drizzle appends the parameters of a failed query, PostgreSQL quotes the row.
 */
function withoutValues(text: string): string {
  return text
    .replace(/\bparams:[^\n]*/g, 'params: …')
    .replace(/=\([^)]*\)/g, '=(…)')
    .replace(digits, '…')
}

interface LoggedError {
  type: string
  message: string
  code?: unknown
  stack: string
  cause?: LoggedError
}

function errorOf(error: unknown): LoggedError | unknown {
  if (!(error instanceof Error)) return stdSerializers.err(error as Error)
  const { code } = error as { code?: unknown }
  return {
    type: error.name,
    message: withoutValues(error.message),
    ...(code === undefined ? {} : { code }),
    stack: withoutValues(error.stack ?? ''),
    ...(error.cause instanceof Error ? { cause: errorOf(error.cause) } : {}),
  }
}

/**
 * A logger of JSON lines, fields first: `log.info({ messageId, attempt }, 'sms accepted')`. Never log a phone number, a
 * name or a token.
 * @param destination where lines are written; standard output by default
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorOf, error: errorOf },
      redact: { paths: [...personal, ...personal.map((field) => `*.${field}`)], censor: '…' },
    },
    destination ?? standardOutput(),
  )
}
