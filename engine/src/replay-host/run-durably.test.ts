import { hostConformance } from '../testing/host.conformance.ts'
import { replayDriver } from '../testing/replay-driver.ts'
import { Random } from '../testing/simulation/random.ts'

hostConformance('replay host', replayDriver)

// The process dies at a fifth of all recorded places, before or after what it did there was recorded.
hostConformance('replay host that keeps dying', (flows) => {
  const random = new Random(11)
  return replayDriver(flows, { crashes: () => random.next() < 0.2 })
})
