export const messages = {
  'messages.lead': 'What went out to customers, what waits, and what consent stopped.',
  'messages.state': 'State',
  'messages.customer': 'Customer',
  'messages.text': 'Text',
  'messages.channel': 'Channel',
  'messages.why': 'Allowed by',
  'messages.when': 'When',
  'messages.empty.title': 'No messages',
  'messages.empty.text': 'Flows with the step “Notify customer” write them; each is checked against consent at the last moment.',
  'messages.recorded.help': 'No channel is connected, so it went nowhere.',
  'messages.filter': 'State',
} as const
