/** Examples of what lists will hold, and the way there. */
export const empty = {
  'empty.example': 'For example: {example}',
  'empty.to.customers': 'Go to customers',
  'empty.to.templates': 'See the templates',
  'empty.to.runs': 'See the runs',
  'empty.to.flows': 'Go to flows',
  'empty.tasks.example': 'a discount of 8 % for Wang Fang waits for the director; approve it, or say why not.',
  'empty.alerts.example':
    'Wang Fang takes back consent for marketing. Her rep hears of it within seconds: no more calls about offers, service is still fine.',
  'empty.customers.example': 'Wang Fang, new customer, told once by WeChat what her data are used for.',
  'empty.runs.example': 'Wang Fang says the price is too high: strategy done, clause review done, the director still decides.',
  'empty.incidents.example': 'the message service did not answer five times; the run stands there until you try again or skip the step.',
  'empty.letters.example': 'a message that no flow listens to; publish one that does and deliver it again.',
  'empty.messages.example': 'a thank-you that went out, and an offer that was stopped because consent had just been taken back.',
  'empty.withdrawals.example': 'consent for marketing taken back: fields masked, rep told, plan made anew, receipt after 3 seconds.',
  'empty.audit.example': 'Chen Ying published version 2 of “Price too high”.',
  'empty.templates.example': 'consent change, masking, alert for the rep, new strategy.',
} as const
