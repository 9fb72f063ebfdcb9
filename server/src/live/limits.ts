import { flowLimits } from '@sluice/flows'

/** Bounds of the sockets of open flows. */
export const liveLimits = {
  /** One message in: a whole flow may be pasted. */
  messageBytesMax: flowLimits.fileBytesMax + 256 * 1024,
  /** What one peer may send within `windowMs`. */
  bytesPerWindowMax: 24 * 1024 * 1024,
  messagesPerWindowMax: 400,
  windowMs: 10_000,
  socketsMax: 1_000,
  socketsPerCallerMax: 20,
  peersPerFlowMax: 50,
  /** Changes of one flow that wait for their turn. */
  queueMax: 200,
  /** Changes committed together. */
  batchMax: 32,
  /** A peer that reads too slowly is cut off and reads anew, instead of filling our memory. */
  waitingBytesMax: 24 * 1024 * 1024,
  /** Where somebody is, is passed on this often at most. */
  hereMs: 80,
  selectionMax: 50,
  beatMs: 15_000,
  /** Problems are counted once nobody changed anything for so long. */
  recountMs: 1_200,
} as const

/** Why a socket ends; the editor reads these. */
export const closeCodes = { signedOut: 4401, denied: 4403, gone: 4404, rate: 4429, message: 4400, again: 1013, restart: 1012 } as const
