import { defineNode, help, ui, words } from '@sluice/sdk'
import { type Static, Type } from 'typebox'

const codeCharsMax = 50_000

export const CodeConfig = Type.Object(
  {
    source: Type.String({
      ...ui('code', 'Code', '代码'),
      ...help(
        'JavaScript: (input, context) => output. No network, no files, no timers; half a second and 32 MiB at most',
        'JavaScript：(input, context) => output。不能访问网络、文件或定时器；最多半秒、32 MiB',
      ),
      minLength: 1,
      maxLength: codeCharsMax,
      'x-deferred': true,
    }),
  },
  { additionalProperties: false },
)
export type CodeConfig = Static<typeof CodeConfig>

/** Runs JavaScript apart from everything else: JSON in, JSON out. */
export const code = defineNode({
  type: 'core.code',
  version: 1,
  label: words('Code', '代码'),
  summary: words('Runs a piece of JavaScript in a sandbox: data in, data out.', '在沙箱中运行一段 JavaScript：数据进，数据出。'),
  keywords: ['javascript', 'js', 'script', 'function', 'sandbox', '脚本', '函数', '沙箱'],
  category: 'data',
  silhouette: 'action',
  icon: 'code',
  config: CodeConfig,
  ports: [{ name: 'out', label: words('Result', '结果') }],
  // It changes nothing outside; it only runs elsewhere, so another attempt does no harm.
  effect: 'idempotent',
  sentence: (config, language) => {
    const lines = typeof config.source === 'string' ? config.source.split('\n').length : 0
    if (language === 'en') return `Runs ${lines} line${lines === 1 ? '' : 's'} of JavaScript`
    return `运行 ${lines} 行 JavaScript`
  },
})
