import { queryOptions } from '@tanstack/react-query'
import { api } from '../../app/api/index.ts'
import type { MaskReason } from '../../ui/index.ts'

/** What the policy answers to somebody, by the server itself. */
export interface PolicyAnswer {
  readonly allowed: boolean
  readonly active: boolean
  /** Their roles that allow it. */
  readonly roles: readonly string[]
  /** Every role that does. */
  readonly by: readonly string[]
  readonly customer: {
    readonly known: boolean
    readonly fields: readonly { readonly name: string; readonly hidden: MaskReason | null }[]
  } | null
}

export interface PolicyQuestion {
  /** `user:u-1` or `role:rep`. */
  readonly as: string
  readonly permission: string
  readonly customer?: string
}

export const policyQuery = (question: PolicyQuestion) =>
  queryOptions({
    queryKey: ['policies', question],
    queryFn: () => api.post<PolicyAnswer>('/policies/test', question),
  })
