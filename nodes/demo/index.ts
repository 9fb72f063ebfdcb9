import { definePack, words } from '@sluice/sdk'

/** A small dealership in both languages, so that every screen has something true to show. */
export const demoPack = definePack({
  id: 'demo',
  label: words('Demo workspace', '演示空间'),
  requires: ['consent', 'crm', 'notify', 'approvals', 'ai'],
  nodes: [],
})
