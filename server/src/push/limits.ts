/** How much is pushed, and for how long it is tried. */
export const pushLimits = {
  devicesPerPersonMax: 10,
  hostsMax: 20,
  hostCharsMax: 253,
  endpointCharsMax: 1_000,
  /** A push nobody fetched by then is of no use any more. */
  keptSecondsMax: 12 * 3_600,
  sendMsMax: 10_000,
  atOnceMax: 8,
  /** Waiting to be sent; what comes beyond is not pushed, the inbox has it. */
  queuedMax: 2_000,
  /** Of one person in a minute: whoever gets more looks at the inbox anyway. */
  perPersonMinuteMax: 10,
  /** After so many in a row that were not taken, the browser is forgotten. */
  failuresMax: 20,
} as const

/** The push services of the browsers there are: Chrome and Edge on Android, Firefox, Edge on Windows, Safari. */
export const knownServices = ['fcm.googleapis.com', '*.push.services.mozilla.com', '*.notify.windows.com', 'web.push.apple.com'] as const
