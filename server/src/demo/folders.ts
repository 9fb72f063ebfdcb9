import { words } from '@sluice/sdk'

/** Folders of the demo's list of flows, with the keys of what lies in them. */
export const demoFolders = [
  { name: words('Consent', '授权'), flows: ['consent-withdrawn', 'consent-thank-you'] },
  { name: words('Sales', '销售'), flows: ['price-too-high', 'quote-approval', 'test-drive-followup'] },
] as const
