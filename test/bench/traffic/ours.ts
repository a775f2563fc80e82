/** Runs the bot of this project with its store in an SQLite file. */
import { measureOurBot } from './our-bot.ts';

await measureOurBot();
