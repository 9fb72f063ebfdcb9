import type { JsonObject, Text } from '../json.ts'

/** How people call a field: the schema's own title in both languages, else its key. Apart from the check, because drawings of changes only name fields. */
export function fieldName(schema: JsonObject, key: string): Text {
  const title = schema['x-title']
  if (typeof title === 'object' && title !== null && 'en' in title && typeof title.en === 'string' && typeof title['zh-CN'] === 'string')
    return { en: title.en, 'zh-CN': title['zh-CN'] }
  return typeof schema.title === 'string' ? schema.title : key
}
