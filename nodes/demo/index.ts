import { definePack, words } from '@sluice/sdk'

/** A small dealership in both languages, so that every screen has something true to show. */
export const demoPack = definePack({
  id: 'demo',
  label: words('Demo workspace', '演示空间'),
  requires: ['consent', 'crm', 'notify', 'approvals', 'ai'],
  nodes: [],
})

/** Who signs in to the demo. The server gives each a password of its own at the first start. */
export interface DemoAccount {
  readonly email: string
  readonly name: string
  readonly roles: readonly string[]
  readonly rep: string | null
  readonly language: 'en' | 'zh-CN'
}

export const demoAccounts: readonly DemoAccount[] = [
  { email: 'admin@demo.example', name: 'Admin', roles: ['admin'], rep: null, language: 'en' },
  { email: 'analyst@demo.example', name: '林晓 Lin Xiao', roles: ['analyst'], rep: null, language: 'zh-CN' },
  { email: 'rep@demo.example', name: '王芳', roles: ['rep'], rep: 'd-r-1', language: 'zh-CN' },
  { email: 'anna@demo.example', name: 'Anna Weber', roles: ['rep'], rep: 'd-r-3', language: 'en' },
  { email: 'director@demo.example', name: '赵敏 Zhao Min', roles: ['director'], rep: null, language: 'zh-CN' },
  { email: 'legal@demo.example', name: 'Claire Moreau', roles: ['legal'], rep: null, language: 'en' },
  { email: 'consent@demo.example', name: '何静 He Jing', roles: ['consent_manager'], rep: null, language: 'zh-CN' },
]
