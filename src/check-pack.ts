/** The entry of `npm run pack:check`, which says in words what is wrong with a pack before the bot is started with it. */
import { packCheck } from './pack-check-command.ts';

// npm runs scripts in the project's folder, and says where it was called.
const { code, words } = await packCheck(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
(code === 0 || code === 1 ? process.stdout : process.stderr).write(`${words}\n`);
process.exitCode = code;
