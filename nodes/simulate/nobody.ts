import { definePackServer } from '@sluice/sdk/server'

/** A simulation has no accounts: what packs ask the server about people is answered as by a server where nobody has one. */
export const nobody = definePackServer({
  id: 'platform',
  tables: [],
  commands: { 'people.find': () => [], 'people.named': () => ({ person: null }) },
})
