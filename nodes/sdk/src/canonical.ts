/** JSON in the one form that hashes alike everywhere (RFC 8785), and its `sha256:…`. The engine's own, so that both agree for ever. */
export { canonicalJson, digestOf } from '@sluice/engine/core'
