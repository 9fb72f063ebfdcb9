/** The real engine with the real packs, their server halves included: the one place of the editor that has them (`tools/packs-in-browser.ts`). */
import '@sluice/nodes/simulate/worker'
