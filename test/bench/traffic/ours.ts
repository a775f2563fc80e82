/** Runs the bot of this project as in production, with the real clock and the real store in a file. */
import { measureOurBot } from './our-bot.ts';

await measureOurBot();
