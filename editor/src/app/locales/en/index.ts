import { app } from './app.ts'
import { audit } from './audit.ts'
import { builder } from './builder.ts'
import { clipboard } from './clipboard.ts'
import { customers } from './customers.ts'
import { entry } from './entry.ts'
import { failures } from './failures.ts'
import { flows } from './flows.ts'
import { forms } from './forms.ts'
import { guide } from './guide.ts'
import { live } from './live.ts'
import { notices } from './notices.ts'
import { permits } from './permits.ts'
import { picture } from './picture.ts'
import { plays } from './plays.ts'
import { reasons } from './reasons.ts'
import { replay } from './replay.ts'
import { reveal } from './reveal.ts'
import { runDialogs } from './run-dialogs.ts'
import { screens } from './screens.ts'
import { settings } from './settings.ts'
import { simulate } from './simulate.ts'
import { stepTest } from './step-test.ts'
import { switches } from './switches.ts'
import { templateWizard } from './template-wizard.ts'
import { together } from './together.ts'

/** Every text in English; the ids of this object are the ids that exist. */
export const en = {
  ...app,
  ...audit,
  ...screens,
  ...customers,
  ...flows,
  ...picture,
  ...builder,
  ...entry,
  ...failures,
  ...forms,
  ...plays,
  ...replay,
  ...reasons,
  ...runDialogs,
  ...settings,
  ...simulate,
  ...guide,
  ...stepTest,
  ...reveal,
  ...permits,
  ...notices,
  ...together,
  ...live,
  ...clipboard,
  ...switches,
  ...templateWizard,
} as const

export type MessageId = keyof typeof en
