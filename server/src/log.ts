import { type DestinationStream, type Logger, pino } from 'pino'
import type { LogLevel } from './config/config.ts'

/**
 * JSON lines. What is logged is named by us, line by line: methods, route patterns, status, codes, ids of ours.
 * Bodies, query strings, header values and customer ids never are; the redaction below is a second lock, not the first.
 */
export function openLog(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: describeError },
    redact: {
      paths: ['password', 'token', 'secret', 'authorization', 'cookie', 'email', 'name', '*.password', '*.token', '*.secret', '*.email'],
      remove: true,
    },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

/** Messages of foreign errors may quote what they choked on, so only ours are kept; the stack's frames show the place. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { kind: typeof error }
  const { code } = error as { code?: unknown }
  const ours = typeof code === 'string' && code.startsWith('SLU_')
  return {
    kind: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(ours ? { message: error.message } : {}),
    frames: framesOf(error),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}

function framesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim())
}
