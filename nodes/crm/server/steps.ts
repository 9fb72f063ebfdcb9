import type { Json } from '@sluice/sdk'
import { failure, leave, type NodeOutcome, output } from '@sluice/sdk'
import { SluiceProblem, type StepContext } from '@sluice/sdk/server'
import type { ApplyDiscountConfig } from '../nodes/apply-discount.ts'
import type { FreezeFieldsConfig } from '../nodes/freeze-fields.ts'
import type { GetCustomerConfig } from '../nodes/get-customer.ts'
import type { UpdateCustomerConfig } from '../nodes/update-customer.ts'
import { fieldsByName } from './catalogue.ts'
import { changeCustomer } from './customers.ts'
import { freezeNamed } from './freeze.ts'
import { customers, discounts } from './tables.ts'
import { viewCustomer } from './view.ts'

/** The customer of the config, or the one the run is about. */
function customerOf(context: StepContext<{ readonly customer?: string }>): string {
  return context.config.customer || (context.run.subject ?? '')
}

export function getCustomerStep(context: StepContext<GetCustomerConfig>): NodeOutcome {
  const id = customerOf(context)
  const customer = context.records.find(customers, { id })
  if (customer === null) return leave('missing', { customer: id })
  const { purpose, scene } = context.config
  const view = viewCustomer(context.records, customer, { kind: 'flow', cell: { purpose, scene } }, fieldsByName(context.records))
  const { name, owner, language, region, account, fields, epoch } = view
  return output({ id, name, owner, language, region, account, fields: fields as Json }, { purpose, scene, epoch })
}

export function updateCustomerStep(context: StepContext<UpdateCustomerConfig>): NodeOutcome {
  return refusalsFail(() => {
    const id = customerOf(context)
    const fields = context.config.fields as { readonly [name: string]: Json }
    const { version } = changeCustomer(context, { id, change: { fields } })
    return output({ customer: id, fields: Object.keys(fields), version })
  })
}

/** Freezes and reads back: the journal shows what was frozen and that it came back as frozen. */
export function freezeFieldsStep(context: StepContext<FreezeFieldsConfig>): NodeOutcome {
  return refusalsFail(() => {
    const id = customerOf(context)
    const { fields, readBack } = freezeNamed(context, { customer: id, fields: context.config.fields, cause: context.run.id })
    return output({ customer: id, frozen: [...fields] }, { frozen: [...fields], readBack })
  })
}

/** Spends the approval and books the discount in one transaction; what was not approved exactly so is not done. */
export function applyDiscountStep(context: StepContext<ApplyDiscountConfig>): NodeOutcome {
  return refusalsFail(() => {
    const { amount, currency, receipt } = context.config
    const customer = customerOf(context)
    const spent = context.command<{ readonly id: string; readonly by: string }>('approvals.spend', {
      receipt: receipt as Json,
      value: { customer, amount, currency },
      by: `${context.run.id}:${context.node}`,
    })
    const id = context.newId()
    context.records.insert(discounts, { id, customer, amount, currency, receipt: spent.id, run: context.run.id, appliedAt: context.now })
    context.audit('crm.discount-applied', { customer, discount: id, receipt: spent.id }, { amount, currency })
    return output({ discount: id, customer, amount, currency }, { receipt: spent.id, approvedBy: spent.by })
  })
}

function refusalsFail(work: () => NodeOutcome): NodeOutcome {
  try {
    return work()
  } catch (error) {
    if (error instanceof SluiceProblem) return failure(error.code, error.text ?? error.message)
    throw error
  }
}
