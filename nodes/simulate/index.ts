/** Trying a draft with the real packs, on the server's thread, on the command line and in the browser's worker. */
export { calledBy } from './called.ts'
export { givenCalendars } from './given-calendars.ts'
export { journalItem } from './journal-item.ts'
export { playLimits } from './limits.ts'
export type { GivenCalendar, GivenConsent, GivenCustomer, SimulateOrder } from './order.ts'
export { play } from './play.ts'
export { readSimulation, Simulation } from './read-order.ts'
export { simulationView } from './view.ts'
