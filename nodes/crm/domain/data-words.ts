import type { DataWords } from '@sluice/sdk'
import { allCells, bitOf, dataCategories, isCategory, isPurpose, isScene, purposeLabels, sceneLabels } from '../../consent/index.ts'
import { fieldMask, shippedFields } from './fields.ts'

/** Where a customer's record or its fields travel; elsewhere `model` is just a model. */
const records: ReadonlySet<string> = new Set(['customer', 'fields', 'contact'])
const unmistakable = /^(contact|finance\.income|identity\.document|vehicle\.plate)/

const byName = new Map(shippedFields.map((field) => [field.name, field]))

function maskOf(category: string): number {
  let mask = 0
  for (const field of shippedFields) if (field.category === category) mask |= fieldMask(field)
  return mask
}

const masks = new Map(Object.keys(dataCategories).map((category) => [category, maskOf(category)]))

/** What the shipped fields say is personal, for the consent rule: which kind a name tells of, and which uses cover it. */
export const dataWords: DataWords = {
  categoryOf(name, within) {
    const category = byName.get(name)?.category ?? null
    return category !== null && (unmistakable.test(category) || records.has(within)) ? category : null
  },
  allows(category, purpose, scene) {
    if (!isPurpose(purpose) || !isScene(scene)) return false
    return ((masks.get(category) ?? 0) & bitOf({ purpose, scene })) !== 0
  },
  fieldsOf: (category) => shippedFields.filter((field) => field.category === category).map(({ name }) => name),
  uses: () => allCells,
  categoriesFor: (purpose, scene) => [...masks.keys()].filter((category) => dataWords.allows(category, purpose, scene)),
  sayCategory: (category) => (isCategory(category) ? dataCategories[category].label : category),
  sayUse(purpose, scene) {
    const of = isPurpose(purpose) ? purposeLabels[purpose] : { en: purpose, 'zh-CN': purpose }
    const at = isScene(scene) ? sceneLabels[scene] : { en: scene, 'zh-CN': scene }
    return { en: `${at.en} · ${of.en}`, 'zh-CN': `${at['zh-CN']} · ${of['zh-CN']}` }
  },
}
