import { definePackServer, type Route } from '@sluice/sdk/server'
import { askModel, orderAnswer, takeAnswer } from './generate-step.ts'
import { connectModel } from './model.ts'
import { findStrategy, forget, regenerate, strategyView, supersede } from './strategies.ts'
import { askForStrategy, planStrategy, takeStrategyAnswer } from './strategy-step.ts'
import { strategies } from './tables.ts'

const listStrategies: Route = {
  method: 'GET',
  path: '/customers/:id/strategies',
  permission: 'customers.read',
  summary: 'Strategies of one customer, newest first: the live one and those it replaced',
  pagedBy: 'id',
  handle: ({ params, caller }, { records, sight }) => {
    const customer = params.id ?? ''
    const rows = sight(caller).knows(customer)
      ? records.list(strategies, { where: { customer }, orderBy: [['at', 'desc']], limit: 50 })
      : []
    return { body: { items: rows.map(strategyView) } }
  },
}

export { strategies } from './tables.ts'

export const aiServer = definePackServer({
  id: 'ai',
  start: ({ model }) => connectModel(model),
  tables: [strategies],
  commands: {
    'ai.supersede': supersede,
    'ai.find-strategy': findStrategy,
    'ai.regenerate': regenerate,
    'ai.forget': forget,
    'ai.strategy-answered': takeStrategyAnswer,
    'ai.answered': takeAnswer,
  },
  steps: { 'ai.strategy': planStrategy, 'ai.generate': orderAnswer },
  outside: {
    'ai.strategy': { touches: 'person', effectKind: 'ai_prompt', act: askForStrategy },
    'ai.generate': { touches: 'person', effectKind: 'ai_prompt', act: askModel },
  },
  routes: [listStrategies],
})
