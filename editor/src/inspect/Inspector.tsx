import type { FlowStatus } from '../screens/canvas/flow-api.ts'
export function Inspector(_: { readonly status: FlowStatus | null }) { return <div /> }
