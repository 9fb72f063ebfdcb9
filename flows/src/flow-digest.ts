import { canonicalJson } from './canonical.ts'
import type { FlowDefinition } from './definition.ts'

/** The text that names a flow's content: equal flows give equal texts, whatever the order of their fields. */
export function canonicalFlow(flow: FlowDefinition): string {
  return canonicalJson(flow)
}

/** `sha256:…` of a flow. The hash comes from outside, because this package knows no platform. */
export function flowDigest(flow: FlowDefinition, sha256Hex: (text: string) => string): string {
  return `sha256:${sha256Hex(canonicalFlow(flow))}`
}
