import { words } from '@sluice/sdk'
import type { Role } from '../policy/roles.ts'

export interface DemoPerson {
  readonly role: Role
  readonly email: string
  readonly name: { readonly en: string; readonly 'zh-CN': string }
  /** Whose customers these are; nodes/demo brings the reps. */
  readonly rep?: string
}

/** The dealership's staff. */
export const demoPeople: readonly DemoPerson[] = [
  { role: 'admin', email: 'admin@demo.example', name: words('Chen Ying', '陈颖') },
  { role: 'analyst', email: 'analyst@demo.example', name: words('Anna Weber', '安娜·韦伯') },
  { role: 'rep', email: 'rep@demo.example', name: words('Li Na', '李娜'), rep: 'd-r-1' },
  { role: 'rep', email: 'rep2@demo.example', name: words('Marco Rossi', '马可·罗西'), rep: 'd-r-3' },
  { role: 'manager', email: 'manager@demo.example', name: words('Lin Jing', '林静'), rep: 'd-r-5' },
  { role: 'developer', email: 'developer@demo.example', name: words('Ada Brandt', '艾达·布兰特') },
  { role: 'director', email: 'director@demo.example', name: words('Zhao Lei', '赵磊') },
  { role: 'consent_manager', email: 'consent@demo.example', name: words('Sophie Martin', '苏菲·马丁') },
  { role: 'legal', email: 'legal@demo.example', name: words('Sun Yu', '孙钰') },
  { role: 'operator', email: 'operator@demo.example', name: words('Jan de Vries', '扬·德弗里斯') },
]
