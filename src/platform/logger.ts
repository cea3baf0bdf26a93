import { type DestinationStream, type Logger as Pino, pino, stdSerializers } from 'pino'

export type Logger = Pino

/** Fields that would tell who somebody is, or let somebody in. The call that logs them is wrong; this is the net below. */
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

/** Long runs of digits are phones or identity numbers, wherever they turn up. */
const digits = /\d{7,}/g

/**
 * An error's text without values. Drizzle appends the parameters of a failed query, PostgreSQL quotes the row.
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

let output: DestinationStream | undefined

/**
 * Lines are written many at a time: a write for each would hold up every request. What is held back is written
 * twice a second, and at the exit. One for the process, however many loggers write to it.
 */
function standardOutput(): DestinationStream {
  if (output) return output
  const made = pino.destination({ dest: 1, sync: true, minLength: 8_192, periodicFlush: 500 })
  process.on('exit', () => made.flushSync())
  output = made
  return made
}

/**
 * JSON lines, fields first: `log.info({ messageId, attempt }, 'sms accepted')`. Never a phone number, a name or a token.
 * @param destination where lines go; standard output unless told
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
