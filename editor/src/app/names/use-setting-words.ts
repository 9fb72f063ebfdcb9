import { useFormat, useSay } from '../i18n/index.ts'
import { durationWords } from '../i18n/iso-duration.ts'
import { usePersonName } from './PersonName.tsx'
import { useWords } from './use-words.ts'

const address = /^(rep|role|user):\S+$/
const expression = /^\{%\s*([\s\S]*?)\s*%\}$/

/** A setting of a step as people say it, and not as its file writes it: “1 day”, a role by its name, a text in their language. Null: there is none. */
export function useSettingWords(): (value: unknown) => string | null {
  const say = useSay()
  const format = useFormat()
  const words = useWords()
  const personName = usePersonName()
  const one = (text: string): string => {
    if (address.test(text)) return personName(text)
    const source = expression.exec(text)?.[1]
    if (source !== undefined) return `ƒ ${source}`
    return durationWords(words.channel(words.scene(words.purpose(text))), format)
  }
  return (value) => {
    if (value === undefined || value === null || value === '') return null
    if (typeof value === 'string') return one(value)
    if (isPair(value)) return say(value)
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return format.list(value.map(one))
    return JSON.stringify(value, null, 1)
  }
}

function isPair(value: unknown): value is { readonly en: string; readonly 'zh-CN': string } {
  if (typeof value !== 'object' || value === null) return false
  const { en, 'zh-CN': zh } = value as { readonly en?: unknown; readonly 'zh-CN'?: unknown }
  return typeof en === 'string' && typeof zh === 'string'
}
