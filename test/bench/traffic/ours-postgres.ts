/** Runs the bot of this project with its store in the PostgreSQL database of TEST_DATABASE_URL. */
import { measureOurBot } from './our-bot.ts';

await measureOurBot(process.env['TEST_DATABASE_URL']);
