import { messageCommand } from '../src/chat/command.ts';
import { reportMessage } from '../src/chat/reports/report-answers.ts';

export default messageCommand({
  name: 'Report',
  description: 'on a message with a card or a question: report a mistake to those who manage this server',
  availability: 'servers-and-dms',
  run: reportMessage,
});
