/** Bounds of one simulation. */
export const simulationLimits = { eventsMax: 1_000, happeningsMax: 10_000, untilMsDefault: 366 * 86_400_000 } as const
