import { definePackServer } from '@sluice/sdk/server'
import { categoryGate } from './category-gate.ts'
import { changeCustomer, createCustomer, findBrief, findIdentity, findRep, forgetCustomers, saveRep } from './customers.ts'
import { fireDates, recountDates, sweepDates, syncDates } from './dates.ts'
import { freezeNamed, freezeWithdrawn, releaseFields } from './freeze.ts'
import { importRows } from './import/import-rows.ts'
import { routes } from './routes/index.ts'
import { saveField } from './save-field.ts'
import { customerSight } from './sight.ts'
import { applyDiscountStep, freezeFieldsStep, getCustomerStep, updateCustomerStep } from './steps.ts'
import { tables } from './tables.ts'

export { fieldsByName } from './catalogue.ts'
export { frozenFields } from './freeze.ts'
export { type Customer, customers, type Rep, reps } from './tables.ts'
export { type CustomerView, viewCustomer } from './view.ts'

/** Customers, reps, the field catalogue, and the freeze that hides a field from everyone. */
export const crmServer = definePackServer({
  id: 'crm',
  tables,
  commands: {
    'crm.find-customer': findBrief,
    'crm.find-rep': findRep,
    'crm.find-identity': findIdentity,
    'crm.create-customer': createCustomer,
    'crm.change-customer': changeCustomer,
    'crm.import-rows': importRows,
    'crm.save-rep': saveRep,
    'crm.save-field': saveField,
    'crm.freeze-withdrawn': freezeWithdrawn,
    'crm.freeze-fields': freezeNamed,
    'crm.release-fields': releaseFields,
    'crm.forget': forgetCustomers,
    'crm.dates.sync': syncDates,
    'crm.dates.sweep': sweepDates,
    'crm.dates.fire': fireDates,
    'crm.dates.recount': recountDates,
  },
  steps: {
    'crm.get-customer': getCustomerStep,
    'crm.update-customer': updateCustomerStep,
    'crm.freeze-fields': freezeFieldsStep,
    'crm.apply-discount': applyDiscountStep,
  },
  gates: [categoryGate],
  consumers: { 'sluice.calendar.changed': 'crm.dates.recount' },
  routes,
  sight: customerSight,
})
